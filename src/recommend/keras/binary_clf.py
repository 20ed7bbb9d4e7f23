import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(512, 16)).astype("float32")
y = (x[:, :1] + x[:, 1:2] > 0).astype("float32")  # 0 or 1, shape (N, 1)

model = keras.Sequential([
    keras.Input((16,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(1),  # a logit: no activation
])
model.compile(
    "adam",
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=[keras.metrics.BinaryAccuracy(threshold=0.0)],  # logit > 0
)
model.fit(x, y, epochs=20, verbose=0)

loss, accuracy = model.evaluate(x, y, verbose=0)
p = keras.ops.sigmoid(model.predict(x, verbose=0))  # of class 1
print(f"loss {loss:.3f}  accuracy {accuracy:.2f}  p {float(p[0, 0]):.2f}")
