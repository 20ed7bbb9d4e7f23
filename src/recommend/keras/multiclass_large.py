import keras
import numpy as np

keras.utils.set_random_seed(0)
classes = 5000
x = np.random.randint(0, classes, size=8192)  # such as words
y = (x + 1) % classes  # class indices 0 to 4999, shape (N,)

model = keras.Sequential([
    keras.Input((), dtype="int32"),
    keras.layers.Embedding(classes, 64),
    keras.layers.Dense(classes),  # logits: no activation
])
model.compile(
    keras.optimizers.Adam(0.01),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=[keras.metrics.SparseCategoricalAccuracy()],
)
model.fit(x, y, batch_size=256, epochs=5, verbose=0)

loss, accuracy = model.evaluate(x, y, verbose=0)
print(f"loss {loss:.3f}  accuracy {accuracy:.2f}")
