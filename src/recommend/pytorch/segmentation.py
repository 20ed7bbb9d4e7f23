import torch
from torch import nn

torch.manual_seed(0)
y = torch.zeros(256, 1, 16, 16)  # 0. or 1. for each pixel, (N, 1, H, W)
for i, (r, c) in enumerate(torch.randint(11, (256, 2))):
    y[i, :, r : r + 6, c : c + 6] = 1
x = y + 0.5 * torch.randn_like(y)

def dice(p, mask):  # of probabilities
    return 1 - 2 * (p * mask).sum() / (p.sum() + mask.sum())

body = nn.Sequential(nn.Conv2d(1, 16, 3, padding=1), nn.ReLU())
model = body.append(nn.Conv2d(16, 1, 3, padding=1))  # logits
bce = nn.BCEWithLogitsLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for step in range(150):
    logits = model(x)
    loss = bce(logits, y) + dice(torch.sigmoid(logits), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

iou = y[logits > 0].sum() / ((logits > 0) | (y == 1)).sum()
print(f"loss {loss:.3f}  intersection over union {iou:.2f}")
