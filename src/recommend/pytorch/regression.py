import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(512, 8)
price = 300_000 + 90_000 * x[:, :1]  # shape (N, 1), like the output
mean, std = price.mean(), price.std()
y = (price - mean) / std  # what the loss sees: mean 0, deviation 1

# No activation at the end: any number can come out.
model = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 1))
loss_fn = nn.MSELoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

for step in range(200):
    loss = loss_fn(model(x), y)  # both (N, 1): (N,) would broadcast
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

with torch.no_grad():
    predicted = model(x) * std + mean  # back to dollars
error = (predicted - price).abs().mean()
print(f"loss {loss:.3f}  mean absolute error {error:,.0f} dollars")
