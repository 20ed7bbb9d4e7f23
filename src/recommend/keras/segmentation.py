import keras
import numpy as np

keras.utils.set_random_seed(0)
y = np.zeros((256, 16, 16, 1), "float32")  # 0 or 1 for each pixel
for i, (r, c) in enumerate(np.random.randint(11, size=(256, 2))):
    y[i, r : r + 6, c : c + 6] = 1
x = (y + 0.5 * np.random.normal(size=y.shape)).astype("float32")

def bce_and_dice(mask, logits):
    bce = keras.losses.BinaryCrossentropy(from_logits=True)(mask, logits)
    return bce + keras.losses.Dice()(mask, keras.ops.sigmoid(logits))

model = keras.Sequential([
    keras.Input((16, 16, 1)),
    keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
    keras.layers.Conv2D(1, 3, padding="same"),  # a logit for each pixel
])
model.compile(keras.optimizers.Adam(0.01), loss=bce_and_dice)
model.fit(x, y, epochs=10, verbose=0)

loss = model.evaluate(x, y, verbose=0)
guess = model.predict(x, verbose=0) > 0
iou = (guess * y).sum() / np.maximum(guess, y).sum()
print(f"loss {loss:.3f}  intersection over union {iou:.2f}")
