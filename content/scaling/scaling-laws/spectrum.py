"""A linear problem whose learning curves are power laws, with an exponent set by the data.

Feature i has variance i^-(1 + decay), and every true weight is 1. One curve has few examples
and all features, the other few features and all the examples that it needs. A floor is added
to both, as labels that are noisy in themselves would do.
"""
import numpy as np

decay = 1.0         # the variances of the features fall like i^-(1 + decay)
floor = 0.05        # irreducible error
n_features = 500
n_seeds = 12
n_fitted = 4        # the straight line is fitted to this many of the smallest sizes

sizes = np.array([8, 12, 16, 24, 32, 48, 64])     # examples, or features that the model sees
variance = np.arange(1, n_features + 1) ** -(1.0 + decay)


def missed(n, seed):
    """Expected squared error, above the floor, of the minimum-norm fit to n examples."""
    rs = np.random.RandomState(1000 * seed + n)
    X = rs.randn(n, n_features) * np.sqrt(variance)
    w = X.T @ np.linalg.solve(X @ X.T, X.sum(axis=1))    # true weights are 1, labels exact
    return np.sum(variance * (w - 1) ** 2)


excess_examples = np.array([np.mean([missed(n, s) for s in range(n_seeds)]) for n in sizes])
excess_features = np.array([variance[n:].sum() for n in sizes])      # what is left out, exactly
by_examples, by_features = floor + excess_examples, floor + excess_features

# A straight line on logarithmic axes, fitted to the smallest sizes and drawn on.
first = slice(n_fitted)
rise, height = np.polyfit(np.log(sizes[first]), np.log(by_features[first]), 1)
line = np.exp(height + rise * np.log(sizes))

# The slope that the tail of the spectrum has; finite sizes and seeds leave room around it.
steepest, flattest = -1.3 * decay, -0.85 * decay


def slope(y):
    return float(np.polyfit(np.log(sizes), np.log(y), 1)[0])


print(f"{'size':>5} {'by examples':>12} {'by features':>12} {'straight line':>14}")
for row in zip(sizes, by_examples, by_features, line):
    print("{:>5} {:>12.5f} {:>12.5f} {:>14.5f}".format(*row))
print(f"slopes above the floor: {slope(excess_examples):.3f} and {slope(excess_features):.3f}")
print(f"slopes of the losses:   {slope(by_examples):.3f} and {slope(by_features):.3f}")

assert np.isclose(excess_features[0] + variance[:sizes[0]].sum(), variance.sum())
