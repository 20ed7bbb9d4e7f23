import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.zeros((512, 16, 16, 3), "float32")  # images of one bar each
label = np.zeros((512, 4, 4, 3), "float32")  # a grid: 0 or 1 per class
box = np.zeros((512, 4, 4, 4), "float32")  # top, left, height, width
low, high = [0, 0, 0, 0, 0, 1, 1], [4, 4, 3, 3, 3, 3, 3]
for i in range(512):
    r, c, k, t, l, h, w = np.random.randint(low, high)
    x[i, 4 * r + t : 4 * r + t + h, 4 * c + l : 4 * c + l + w, k] = 1
    label[i, r, c, k], box[i, r, c] = 1, (t / 4, l / 4, h / 4, w / 4)
held = label.max(-1)  # boxes count only where there is an object

image = keras.Input((16, 16, 3))
z = keras.layers.Conv2D(64, 4, strides=4, activation="relu")(image)
heads = {"label": keras.layers.Conv2D(3, 1)(z),  # logits
         "box": keras.layers.Conv2D(4, 1)(z)}  # no activation
model = keras.Model(image, heads)
focal = keras.losses.BinaryFocalCrossentropy(from_logits=True)
l1 = keras.losses.MeanAbsoluteError("mean_with_sample_weight")
model.compile(keras.optimizers.Adam(0.01), {"label": focal, "box": l1})
run = model.fit(x, {"label": label, "box": box}, epochs=20, verbose=0,
                sample_weight={"label": held * 0 + 1, "box": held})
print(f"loss {run.history['loss'][-1]:.3f}")
