import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(1024, 16)
y = nn.functional.one_hot(x[:, :5].argmax(1), 5).float()  # (N, 5)

# A logit for each class comes out: no softmax at the end.
model = nn.Sequential(nn.Linear(16, 32), nn.ReLU(), nn.Linear(32, 5))
loss_fn = nn.CrossEntropyLoss()  # floats (N, 5) or class indices (N,)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

for step in range(200):
    loss = loss_fn(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

with torch.no_grad():
    p = torch.softmax(model(x), dim=1)  # each row adds up to 1
accuracy = (p.argmax(1) == y.argmax(1)).float().mean()
print(f"loss {loss:.3f}  accuracy {accuracy:.2f}  sum {p[0].sum():.2f}")
