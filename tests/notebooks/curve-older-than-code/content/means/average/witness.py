"""The error of a mean of n readings."""

import math

noise = 1.0
sizes = [1, 4, 16, 64]
error = [noise / n for n in sizes]
