import keras
import numpy as np

keras.utils.set_random_seed(0)
y = np.repeat(np.arange(10), 64)  # class indices, shape (N,)
centres = np.random.normal(size=(10, 16))
x = (centres[y] + 0.5 * np.random.normal(size=(640, 16))).astype("float32")

model = keras.Sequential([
    keras.Input((16,)),
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dense(8),  # an embedding: no activation ...
    keras.layers.UnitNormalization(),  # ... of length 1
])
model.compile("adam", loss=keras.losses.Circle())
model.fit(x, y, batch_size=64, epochs=20, verbose=0)

loss = model.evaluate(x, y, batch_size=64, verbose=0)
e = model.predict(x, verbose=0)
nearest = (e @ e.T - 2 * np.eye(640)).argmax(1)
print(f"loss {loss:.5f}  same class nearest {(y[nearest] == y).mean():.2f}")
