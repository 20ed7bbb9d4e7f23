import torch
from torch import nn

torch.manual_seed(0)
q = torch.tensor([0.1, 0.5, 0.9])  # an output unit for each

def pinball(prediction, target):
    error = target - prediction  # (N, 1) - (N, 3)
    return torch.maximum(q * error, (q - 1) * error).mean()

x = torch.rand(2048, 1)
y = x + x * torch.randn_like(x)

# No activation at the end.
model = nn.Sequential(nn.Linear(1, 32), nn.ReLU(), nn.Linear(32, 3))
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

for step in range(500):
    loss = pinball(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

below = [f"{b:.2f}" for b in (y <= model(x)).float().mean(0)]
print(f"loss {loss:.3f}  share of labels below each", *below)
