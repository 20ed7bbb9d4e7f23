import torch
from torch import nn
from torchvision.ops import sigmoid_focal_loss

torch.manual_seed(0)
x = torch.zeros(512, 3, 16, 16)  # images of one bar each
label = torch.zeros(512, 3, 4, 4)  # a grid: 0. or 1. for each class
box = torch.zeros(512, 4, 4, 4)  # top, left, height, width
places = torch.rand(512, 7) * torch.tensor([4, 4, 3, 3, 3, 2, 2])
for i, (r, c, k, t, l, h, w) in enumerate(places.int().tolist()):
    x[i, k, 4 * r + t :, 4 * c + l :][: h + 1, : w + 1] = 1
    label[i, k, r, c] = 1
    box[i, :, r, c] = torch.tensor([t, l, h + 1, w + 1]) / 4
held = label.amax(1) == 1  # boxes count only where there is an object
body = nn.Sequential(nn.Conv2d(3, 64, 4, stride=4), nn.ReLU())
model = body.append(nn.Conv2d(64, 3 + 4, 1))  # logits and a box: linear
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for step in range(200):
    logits, guess = model(x).split([3, 4], dim=1)
    focal = sigmoid_focal_loss(logits, label, reduction="sum") / held.sum()
    l1 = nn.L1Loss()(guess.movedim(1, 3)[held], box.movedim(1, 3)[held])
    optimizer.zero_grad()
    (focal + l1).backward()
    optimizer.step()
print(f"loss {focal + l1:.3f}  of classes {focal:.3f}, of boxes {l1:.3f}")
