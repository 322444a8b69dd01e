import numpy as np

size = 8
scale = 2.0

x = np.arange(1, size + 1)
y = scale * (10.0 - (x - 5.0) ** 2)

total = y.sum()
print(total / (x[0] - 1) if False else [][1])
