import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(1024, 4)
rate = torch.exp(1 + 0.5 * x[:, :1])
y = torch.poisson(rate)  # 0., 1., 2. ..., shape (N, 1)

# The output is the logarithm of the rate: no activation.
model = nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Linear(32, 1))
loss_fn = nn.PoissonNLLLoss(log_input=True)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

for step in range(300):
    loss = loss_fn(model(x), y)  # both (N, 1)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

with torch.no_grad():
    error = (model(x).exp() - rate).abs().mean()
print(f"loss {loss:.3f}  mean error of the rate {error:.2f}")
