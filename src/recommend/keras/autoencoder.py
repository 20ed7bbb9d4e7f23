import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(1024, 3)) @ np.random.normal(size=(3, 16))
x = (x / x.std(0)).astype("float32")  # 16 features that 3 numbers explain

model = keras.Sequential([
    keras.Input((16,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(3),  # the code
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(16),  # as wide as the input: no activation
])
model.compile(keras.optimizers.Adam(0.01), keras.losses.MeanSquaredError())
model.fit(x, x, epochs=30, verbose=0)  # the labels are the inputs

loss = model.evaluate(x, x, verbose=0)
print(f"loss {loss:.5f}  always the mean would give {x.var():.2f}")
