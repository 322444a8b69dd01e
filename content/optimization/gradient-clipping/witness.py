"""Clipped gradient descent on a parabola, under noise with heavy and with light tails.

A threshold bounds every step. It helps where single gradients can be enormous, does nothing
where they cannot, and moves the resting point where the noise leans to one side.
"""
import numpy as np

tail = 1.5          # degrees of freedom of Student's t: the variance is infinite up to 2
step = 0.05
start = 10.0        # where every run starts; the minimum is at zero
n_chains = 400
n_steps = 300
seed = 0

never = 1e9         # a threshold that no gradient reaches
thresholds = np.array([0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0])
rs = np.random.RandomState(seed)
heavy = rs.standard_t(tail, size=(n_steps, n_chains))
light = rs.randn(n_steps, n_chains)
# Waiting times less their average: mean zero, but small values are common and large ones rare.
leaning = rs.exponential(size=(n_steps, n_chains)) - 1


def run(noise, threshold, w=start):
    """The weights of all runs after the last step."""
    w = np.full(n_chains, w)
    for draw in noise:
        w = w - step * np.clip(w + draw, -threshold, threshold)
    return w


def error(noise, threshold):
    """Root mean square distance from the minimum."""
    return float(np.sqrt(np.mean(run(noise, threshold) ** 2)))


heavy_error = np.array([error(heavy, c) for c in thresholds])
light_error = np.array([error(light, c) for c in thresholds])
heavy_free, light_free = error(heavy, never), error(light, never)
heavy_line, light_line = np.full((2, len(thresholds)), [[heavy_free], [light_free]])

# Where the pull of the loss and the clipped noise balance: the average of clip(w + noise) is
# zero. The noise is taken at its quantiles, and w is found by halving an interval.
lean_thresholds = np.array([0.3, 0.5, 1.0, 2.0, 4.0, 8.0])
quantiles = -np.log1p(-(np.arange(4000) + 0.5) / 4000) - 1


def balance(threshold):
    low, high = -2.0, 2.0
    for _ in range(40):
        middle = (low + high) / 2
        too_high = np.mean(np.clip(middle + quantiles, -threshold, threshold)) > 0
        low, high = (low, middle) if too_high else (middle, high)
    return middle


resting = np.array([np.mean(run(leaning, c, 0.0)) for c in lean_thresholds])
resting_law = np.array([balance(c) for c in lean_thresholds])
median_gap = float(1 - np.log(2))      # average less median of the waiting times

# A step moves the weight by at most step * threshold: too small a threshold never arrives.
arrives = float(thresholds[step * n_steps * thresholds > start][0])
twice_best = 2 * float(heavy_error.min())

print(f"{'threshold':>10} {'heavy':>8} {'light':>8}")
for row in zip(thresholds, heavy_error, light_error):
    print("{:>10} {:>8.4f} {:>8.4f}".format(*row))
print(f"{'none':>10} {heavy_free:>8.4f} {light_free:>8.4f}")
print(f"{'threshold':>10} {'rests at':>9} {'law':>8}")
for row in zip(lean_thresholds, resting, resting_law):
    print("{:>10} {:>9.4f} {:>8.4f}".format(*row))

if tail < 2:
    assert heavy_free > heavy_error.min(), "with infinite variance some threshold beats none"
assert np.isclose(light_error[-1], light_free), "what never happens need not be clipped"
assert np.allclose(resting, resting_law, atol=0.08), "the balance of the clipped pulls"
