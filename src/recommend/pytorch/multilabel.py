import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(1024, 16)
y = (x[:, :6] > 0.5).float()  # 0. or 1. for each label, (N, 6)

# A logit for each label comes out: no sigmoid at the end.
model = nn.Sequential(nn.Linear(16, 32), nn.ReLU(), nn.Linear(32, 6))
loss_fn = nn.BCEWithLogitsLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

for step in range(200):
    loss = loss_fn(model(x), y)  # both (N, 6), both float
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

with torch.no_grad():
    p = torch.sigmoid(model(x))  # a row can add up to anything
accuracy = ((p > 0.5) == (y == 1)).float().mean()
print(f"loss {loss:.3f}  accuracy per label {accuracy:.2f}")
