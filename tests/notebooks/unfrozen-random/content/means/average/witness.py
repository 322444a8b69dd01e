"""The error of a mean of n readings."""

import math

import numpy as np

noise = 1.0
sizes = [1, 4, 16, 64]
jitter = np.random.default_rng(0)
error = [noise / math.sqrt(n) for n in sizes]
