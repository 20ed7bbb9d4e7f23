import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(1024, 8)).astype("float32")
stars = np.digitize(x[:, 0] + x[:, 1], [-2, -1, 0, 1])  # 0 to 4
y = (stars[:, None] > np.arange(4)).astype("float32")  # 2 is 1 1 0 0

model = keras.Sequential([
    keras.Input((8,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(4),  # a logit for each "more than k": no activation
])
loss = keras.losses.BinaryCrossentropy(from_logits=True)
model.compile("adam", loss=loss)
model.fit(x, y, epochs=30, verbose=0)

loss = model.evaluate(x, y, verbose=0)
guess = (model.predict(x, verbose=0) > 0).sum(axis=1)
print(f"loss {loss:.3f}  stars off by {np.abs(guess - stars).mean():.2f}")
