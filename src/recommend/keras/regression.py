import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(512, 8)).astype("float32")
price = 300_000 + 90_000 * x[:, :1]  # shape (N, 1), like the output
mean, std = price.mean(), price.std()
y = (price - mean) / std  # what the loss sees: mean 0, deviation 1

model = keras.Sequential([
    keras.Input((8,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(1),  # no activation: any number can come out
])
model.compile("adam", loss=keras.losses.MeanSquaredError())
model.fit(x, y, epochs=30, verbose=0)

loss = model.evaluate(x, y, verbose=0)
predicted = model.predict(x, verbose=0) * std + mean  # back to dollars
error = np.abs(predicted - price).mean()
print(f"loss {loss:.3f}  mean absolute error {error:,.0f} dollars")
