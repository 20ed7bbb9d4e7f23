import keras
import numpy as np

keras.utils.set_random_seed(0)
q = keras.ops.array([0.1, 0.5, 0.9], "float32")  # an output unit for each

def pinball(y_true, y_pred):
    error = y_true - y_pred  # (N, 1) - (N, 3)
    return keras.ops.mean(keras.ops.maximum(q * error, (q - 1) * error), -1)

x = np.random.uniform(0, 1, size=(2048, 1)).astype("float32")
y = x + x * np.random.normal(size=x.shape).astype("float32")

model = keras.Sequential([
    keras.Input((1,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(3),  # no activation
])
model.compile(keras.optimizers.Adam(0.01), loss=pinball)
model.fit(x, y, epochs=20, verbose=0)

loss = model.evaluate(x, y, verbose=0)
below = (y <= model.predict(x, verbose=0)).mean(axis=0)
print(f"loss {loss:.3f}  share of labels below each {below.round(2)}")
