import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(256, 32, 32, 1)).astype("float32")
y = np.zeros_like(x)  # 0 or 1 for each pixel, (N, H, W, 1)
for i, (r, c) in enumerate(np.random.randint(0, 24, size=(256, 2))):
    y[i, r : r + 8, c : c + 8] = 1
x += 2 * y

def bce_and_dice(mask, logits):
    bce = keras.losses.BinaryCrossentropy(from_logits=True)
    return bce(mask, logits) + keras.losses.Dice()(mask, keras.ops.sigmoid(logits))

model = keras.Sequential([
    keras.Input((32, 32, 1)),
    keras.layers.Conv2D(16, 5, padding="same", activation="relu"),
    keras.layers.Conv2D(1, 5, padding="same"),  # a logit for each pixel
])
model.compile(keras.optimizers.Adam(0.01), loss=bce_and_dice)
model.fit(x, y, epochs=10, verbose=0)

loss, guess = model.evaluate(x, y, verbose=0), model.predict(x, verbose=0) > 0
iou = (guess * y).sum() / np.maximum(guess, y).sum()
print(f"loss {loss:.3f}  intersection over union {iou:.2f}")
