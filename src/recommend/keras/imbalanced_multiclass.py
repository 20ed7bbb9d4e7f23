import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(4096, 4)).astype("float32")
y = np.digitize(x[:, 0], [1.3, 2.0])  # class indices 0, 1, 2, shape (N,)
counts = np.bincount(y)  # about 90, 8 and 2 %
weights = len(y) / (len(counts) * counts)

model = keras.Sequential([
    keras.Input((4,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(3),  # logits: no activation
])
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile("adam", loss=loss)
model.fit(x, y, epochs=20, class_weight=dict(enumerate(weights)), verbose=0)

loss = model.evaluate(x, y, verbose=0)
guess = model.predict(x, verbose=0).argmax(1)
recall = [(guess[y == k] == k).mean() for k in range(3)]
print(f"loss {loss:.3f}  recall of each class {np.round(recall, 2)}")
