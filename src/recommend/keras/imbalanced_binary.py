import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(4096, 4)).astype("float32")
y = (x[:, :1] > 2.33).astype("float32")  # about 1 % are 1, shape (N, 1)

model = keras.Sequential([
    keras.Input((4,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(1),  # a logit: no activation
])
model.compile(
    "adam",
    loss=keras.losses.BinaryFocalCrossentropy(gamma=2.0, from_logits=True),
    metrics=[keras.metrics.AUC(curve="PR", from_logits=True)],
)
model.fit(x, y, epochs=20, verbose=0)

loss, area = model.evaluate(x, y, verbose=0)
found = (model.predict(x, verbose=0) > 0)[y == 1].mean()
print(f"loss {loss:.4f}  area under PR {area:.2f}  recall {found:.2f}")
