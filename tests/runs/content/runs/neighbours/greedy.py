import numpy as np

size = 8
scale = 2.0

x = np.arange(1, size + 1)
y = scale * (10.0 - (x - 5.0) ** 2)

huge = np.ones(2 * 10**9 // 8)
