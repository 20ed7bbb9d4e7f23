import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.zeros((512, 32, 32, 3), "float32")
y_class = np.zeros((512, 8, 8, 3), "float32")  # 0 or 1: cell, class
y_box = np.zeros((512, 8, 8, 2), "float32")  # height, width in cells
for i in range(512):  # one object in an image
    r, c, kind, h, w = np.random.randint([0, 0, 0, 1, 1], [8, 8, 3, 5, 5])
    x[i, 4 * r : 4 * r + h, 4 * c : 4 * c + w, kind] = 1
    y_class[i, r, c, kind], y_box[i, r, c] = 1, (h / 4, w / 4)
held = y_class.max(-1)  # boxes count where there is an object
image = keras.Input((32, 32, 3))
z = keras.layers.Conv2D(32, 4, strides=4, activation="relu")(image)
labels = keras.layers.Conv2D(3, 1, name="labels")(z)  # logits
boxes = keras.layers.Conv2D(2, 1, name="boxes")(z)  # no activation
model = keras.Model(image, {"labels": labels, "boxes": boxes})
model.compile(keras.optimizers.Adam(0.01), loss={
    "labels": keras.losses.BinaryFocalCrossentropy(from_logits=True),
    "boxes": keras.losses.MeanAbsoluteError("mean_with_sample_weight")})
model.fit(x, {"labels": y_class, "boxes": y_box}, epochs=20, verbose=0,
          sample_weight={"labels": np.ones_like(held), "boxes": held})
