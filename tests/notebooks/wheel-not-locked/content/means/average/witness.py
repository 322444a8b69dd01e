"""The error of a mean of n readings."""

import math

import big
from tiny import os

noise = 1.0
sizes = [1, 4, 16, 64]
error = [noise / math.sqrt(n) for n in sizes]
