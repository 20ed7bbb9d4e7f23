import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(1024, 3) @ torch.randn(3, 16)
x = x / x.std(0)  # 16 features that 3 numbers explain

model = nn.Sequential(
    nn.Linear(16, 32), nn.ReLU(), nn.Linear(32, 3),  # the code
    nn.Linear(3, 32), nn.ReLU(), nn.Linear(32, 16),  # no activation
)
loss_fn = nn.MSELoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

for step in range(500):
    loss = loss_fn(model(x), x)  # the labels are the inputs
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

print(f"loss {loss:.5f}  always the mean would give {x.var():.2f}")
