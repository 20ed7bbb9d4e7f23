import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(1024, 4)).astype("float32")
rate = np.exp(1 + 0.5 * x[:, :1])
y = np.random.poisson(rate).astype("float32")  # 0, 1, 2 ..., shape (N, 1)

model = keras.Sequential([
    keras.Input((4,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(1, activation="exponential"),  # a rate above 0
])
model.compile("adam", loss=keras.losses.Poisson())
model.fit(x, y, epochs=30, verbose=0)

loss = model.evaluate(x, y, verbose=0)
error = np.abs(model.predict(x, verbose=0) - rate).mean()
print(f"loss {loss:.3f}  mean error of the rate {error:.2f}")
