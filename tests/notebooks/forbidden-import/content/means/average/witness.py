"""The error of a mean of n readings."""

import math
import os
from urllib.request import urlopen

noise = 1.0
sizes = [1, 4, 16, 64]
error = [noise / math.sqrt(n) for n in sizes]
