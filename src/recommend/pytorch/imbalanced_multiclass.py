import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(4096, 4)
y = torch.bucketize(x[:, 0].contiguous(), torch.tensor([1.3, 2.0]))
counts = torch.bincount(y)  # about 90, 8 and 2 %
weights = len(y) / (len(counts) * counts)

# Logits come out: no softmax at the end.
model = nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Linear(32, 3))
loss_fn = nn.CrossEntropyLoss(weight=weights)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

for step in range(200):
    loss = loss_fn(model(x), y)  # (N, 3), class indices (N,)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

hits = (model(x).argmax(1) == y).float()
recall = [f"{hits[y == k].mean():.2f}" for k in range(3)]
print(f"loss {loss:.3f}  recall of each class", *recall)
