import keras
import numpy as np

keras.utils.set_random_seed(0)
y = np.zeros((256, 32, 32), "int32")  # a class index for each pixel
for i, (r, c) in enumerate(np.random.randint(0, 24, size=(256, 2))):
    y[i, r : r + 8, c : c + 8] = 1 + i % 3  # 0 is the background
x = np.random.normal(size=(256, 32, 32, 1)).astype("float32")
x += 2 * y[..., None]

model = keras.Sequential([
    keras.Input((32, 32, 1)),
    keras.layers.Conv2D(16, 5, padding="same", activation="relu"),
    keras.layers.Conv2D(4, 5, padding="same"),  # 4 logits for each pixel
])
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile(keras.optimizers.Adam(0.01), loss=loss)
model.fit(x, y, epochs=10, verbose=0)

loss = model.evaluate(x, y, verbose=0)
guess = model.predict(x, verbose=0).argmax(-1)
iou = [((guess == k) & (y == k)).sum() / ((guess == k) | (y == k)).sum() for k in range(4)]
print(f"loss {loss:.3f}  mean intersection over union {np.mean(iou):.2f}")
