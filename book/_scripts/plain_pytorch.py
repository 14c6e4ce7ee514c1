"""The network of one_model.py in PyTorch, without Keras; prints the same."""

import json
import statistics
import time

import numpy as np
import same_start
import torch
from torch import nn

same_start.one_core()
memory_imported = same_start.peak_memory()
(X, y), (X_test, y_test) = same_start.load()
X, X_test = torch.from_numpy(X), torch.from_numpy(X_test)
y, y_test = (torch.from_numpy(a.astype(np.int64)) for a in (y, y_test))

model = nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 10))
with torch.no_grad():
    for parameter, value in zip(
        model.parameters(), same_start.start_weights(), strict=True
    ):
        parameter.copy_(torch.from_numpy(value.T))  # PyTorch keeps W as (m, d)
# Keras' learning rate and epsilon
optimizer = torch.optim.Adam(model.parameters(), lr=0.001, eps=1e-7)
cross_entropy = nn.CrossEntropyLoss()

seconds = []
for _ in range(same_start.EPOCHS):
    start = time.process_time()
    for first in range(0, len(X), same_start.BATCH):
        rows = slice(first, first + same_start.BATCH)
        optimizer.zero_grad()
        cross_entropy(model(X[rows]), y[rows]).backward()
        optimizer.step()
    seconds.append(time.process_time() - start)

with torch.no_grad():
    Z = model(X_test)
result = {
    "accuracy": float((Z.argmax(1) == y_test).float().mean()),
    "loss": float(cross_entropy(Z, y_test)),
    "first_epoch": seconds[0],
    "epoch": statistics.median(seconds[1:]),
    "memory_imported": memory_imported,
    "memory": same_start.peak_memory(),
}
print(json.dumps(result))
