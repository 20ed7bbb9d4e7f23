import torch
from torch import nn

torch.manual_seed(0)
y = torch.arange(10).repeat(64)  # class indices, shape (N,)
x = torch.randn(10, 16)[y] + 0.5 * torch.randn(640, 16)

# An embedding comes out: no activation, but length 1.
model = nn.Sequential(nn.Linear(16, 64), nn.ReLU(), nn.Linear(64, 8))
loss_fn = nn.TripletMarginLoss(margin=0.2)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

for step in range(100):
    e = nn.functional.normalize(model(x), dim=1)
    positive = torch.roll(e, 10, 0)  # of the same class as its anchor
    negative = torch.roll(e, 1 + step % 9, 0)  # of another one
    loss = loss_fn(e, positive, negative)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

nearest = (e @ e.T - 2 * torch.eye(640)).argmax(1)
same = (y[nearest] == y).float().mean()
print(f"loss {loss:.5f}  same class nearest {same:.2f}")
