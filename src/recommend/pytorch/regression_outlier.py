import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(512, 8)
truth = x[:, :1] + x[:, 1:2]
y = truth.clone()
y[::50] += 100  # one label in 50 is a gross error

# No activation at the end.
model = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 1))
loss_fn = nn.HuberLoss(delta=1.0)  # far errors: distance, not square
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

for step in range(300):
    loss = loss_fn(model(x), y)  # both (N, 1)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

with torch.no_grad():
    error = (model(x) - truth).abs().mean()
print(f"loss {loss:.3f}  mean absolute error to the truth {error:.2f}")
