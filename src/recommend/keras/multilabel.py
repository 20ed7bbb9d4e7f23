import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(1024, 16)).astype("float32")
y = (x[:, :6] > 0.5).astype("float32")  # 0 or 1 for each label, (N, 6)

model = keras.Sequential([
    keras.Input((16,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(6),  # a logit for each label: no activation
])
model.compile(
    "adam",
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=[keras.metrics.BinaryAccuracy(threshold=0.0)],  # logit > 0
)
model.fit(x, y, epochs=20, verbose=0)

loss, accuracy = model.evaluate(x, y, verbose=0)
p = keras.ops.sigmoid(model.predict(x[:1], verbose=0))  # sums to anything
print(f"loss {loss:.3f}  accuracy per label {accuracy:.2f}")
