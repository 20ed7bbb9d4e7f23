import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(1024, 16)).astype("float32")
y = keras.utils.to_categorical(x[:, :5].argmax(1), 5)  # one-hot, (N, 5)

model = keras.Sequential([
    keras.Input((16,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(5),  # a logit for each class: no activation
])
model.compile(
    "adam",
    loss=keras.losses.CategoricalCrossentropy(from_logits=True),
    metrics=[keras.metrics.CategoricalAccuracy()],
)
model.fit(x, y, epochs=20, verbose=0)

loss, accuracy = model.evaluate(x, y, verbose=0)
p = keras.ops.softmax(model.predict(x[:1], verbose=0))
total = float(keras.ops.sum(p))
print(f"loss {loss:.3f}  accuracy {accuracy:.2f}  sum {total:.2f}")
