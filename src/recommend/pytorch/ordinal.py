import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(1024, 8)
edges = torch.tensor([-2.0, -1.0, 0.0, 1.0])
stars = torch.bucketize(x[:, 0] + x[:, 1], edges)  # 0 to 4
y = (stars[:, None] > torch.arange(4)).float()  # 2 is 1. 1. 0. 0.

# A logit for each "more than k" comes out: no sigmoid at the end.
model = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 4))
loss_fn = nn.BCEWithLogitsLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

for step in range(200):
    loss = loss_fn(model(x), y)  # both (N, 4)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

guess = (model(x) > 0).sum(1)
off = (guess - stars).abs().float().mean()
print(f"loss {loss:.3f}  stars off by {off:.2f}")
