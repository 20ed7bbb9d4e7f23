import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(512, 8)).astype("float32")
truth = x[:, :1] + x[:, 1:2]
y = truth.copy()
y[::50] += 100  # one label in 50 is a gross error

model = keras.Sequential([
    keras.Input((8,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(1),  # no activation
])
# Errors beyond delta cost their distance, not its square.
model.compile("adam", loss=keras.losses.Huber(delta=1.0))
model.fit(x, y, epochs=50, verbose=0)

loss = model.evaluate(x, y, verbose=0)
error = np.abs(model.predict(x, verbose=0) - truth).mean()
print(f"loss {loss:.3f}  mean absolute error to the truth {error:.2f}")
