import torch
from torch import nn

torch.manual_seed(0)
classes = 5000
x = torch.randint(classes, (8192,))  # such as words
y = (x + 1) % classes  # class indices 0 to 4999, int64, shape (N,)

# Logits come out: no softmax at the end.
model = nn.Sequential(nn.Embedding(classes, 64), nn.Linear(64, classes))
loss_fn = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

for epoch in range(5):
    for some_x, some_y in zip(x.split(256), y.split(256)):
        loss = loss_fn(model(some_x), some_y)  # (B, 5000), (B,)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

with torch.no_grad():
    accuracy = (model(x).argmax(1) == y).float().mean()
print(f"loss {loss:.3f}  accuracy {accuracy:.2f}")
