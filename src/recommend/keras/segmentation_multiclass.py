import keras
import numpy as np

keras.utils.set_random_seed(0)
y = np.zeros((256, 16, 16), "int32")  # a class index for each pixel
for i, (r, c) in enumerate(np.random.randint(11, size=(256, 2))):
    y[i, r : r + 6, c : c + 6] = 1 + i % 3  # 0 is the background
x = np.eye(4)[y] + 0.3 * np.random.normal(size=(256, 16, 16, 4))
x = x[..., 1:].astype("float32")  # a channel for each class but 0

model = keras.Sequential([
    keras.Input((16, 16, 3)),
    keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
    keras.layers.Conv2D(4, 1),  # 4 logits for each pixel
])
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile(keras.optimizers.Adam(0.01), loss=loss)
model.fit(x, y, epochs=10, verbose=0)

loss = model.evaluate(x, y, verbose=0)
guess = model.predict(x, verbose=0).argmax(-1)  # the last axis: classes
recall = [(guess[y == k] == k).mean() for k in range(4)]
print(f"loss {loss:.3f}  recall of each class {np.round(recall, 2)}")
