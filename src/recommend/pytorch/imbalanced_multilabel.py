import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(4096, 20)
y = (x > 2.33).float()  # 20 labels, about 1 % of them are 1.
positives = y.sum(0).clamp(min=1)
pos_weight = (len(y) - positives) / positives  # one for each label
pos_weight = pos_weight.clamp(max=100)

# A logit for each label comes out: no sigmoid at the end.
model = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 20))
loss_fn = nn.BCEWithLogitsLoss(pos_weight=pos_weight)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

for step in range(300):
    loss = loss_fn(model(x), y)  # both (N, 20)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

guess = model(x) > 0
precision, recall = y[guess].mean(), guess[y == 1].float().mean()
print(f"loss {loss:.4f}  precision {precision:.2f}  recall {recall:.2f}")
