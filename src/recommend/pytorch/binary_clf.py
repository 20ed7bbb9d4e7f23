import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(512, 16)
y = (x[:, :1] + x[:, 1:2] > 0).float()  # 0. or 1., shape (N, 1)

# A logit comes out: no sigmoid at the end.
model = nn.Sequential(nn.Linear(16, 32), nn.ReLU(), nn.Linear(32, 1))
loss_fn = nn.BCEWithLogitsLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

for step in range(100):
    loss = loss_fn(model(x), y)  # both (N, 1), both float
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

with torch.no_grad():
    p = torch.sigmoid(model(x))  # of class 1
accuracy = ((p > 0.5) == (y == 1)).float().mean()
print(f"loss {loss:.3f}  accuracy {accuracy:.2f}  p {p[0, 0]:.2f}")
