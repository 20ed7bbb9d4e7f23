import torch
from torch import nn

torch.manual_seed(0)
y = torch.zeros(256, 16, 16, dtype=torch.int64)  # class index of a pixel
for i, (r, c) in enumerate(torch.randint(11, (256, 2))):
    y[i, r : r + 6, c : c + 6] = 1 + i % 3  # 0 is the background
x = torch.stack([(y == k).float() for k in (1, 2, 3)], dim=1)
x += 0.3 * torch.randn_like(x)  # a channel for each class but 0

# 4 logits for each pixel, (N, 4, H, W): no softmax at the end.
model = nn.Sequential(nn.Conv2d(3, 16, 3, padding=1), nn.ReLU(),
                      nn.Conv2d(16, 4, 1))
loss_fn = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for step in range(150):
    loss = loss_fn(model(x), y)  # classes on axis 1, masks (N, H, W)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

hits = (model(x).argmax(1) == y).float()
recall = [f"{hits[y == k].mean():.2f}" for k in range(4)]
print(f"loss {loss:.3f}  recall of each class", *recall)
