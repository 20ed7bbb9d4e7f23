import torch
from torch import nn
from torchvision.ops import sigmoid_focal_loss

torch.manual_seed(0)
x = torch.randn(4096, 4)
y = (x[:, :1] > 2.33).float()  # about 1 % are 1., shape (N, 1)

# A logit comes out: no sigmoid at the end.
model = nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Linear(32, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

for step in range(300):
    # Its own default alpha=0.25 makes the rare class count less.
    loss = sigmoid_focal_loss(
        model(x), y, alpha=-1, gamma=2.0, reduction="mean"
    )
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

guess = model(x) > 0
precision, recall = y[guess].mean(), guess[y == 1].float().mean()
print(f"loss {loss:.4f}  precision {precision:.2f}  recall {recall:.2f}")
