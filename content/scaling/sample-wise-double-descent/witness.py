"""Least squares with a fixed number of features and a growing training set.

Examples are added to the same data set, so each fit knows all that the one before it knew.
As their number comes up to the number of features the fit gets worse before it gets better.
"""
import numpy as np

n_features = 40    # fixed; the whole target is made of them
noise = 0.5        # standard deviation of the label noise; the signal has norm 1
ridge = 0.0        # penalty of the first fit; 0 is plain (minimum-norm) least squares
n_seeds = 40

# The target has norm 1; its direction does not matter, as the features are isotropic.
w_true = np.ones(n_features) / np.sqrt(n_features)
tuned = noise**2 * n_features                  # the best penalty, the same for every sample size

fractions = np.array([1, 2, 3, 4, 5, 6, 7.2, 7.6, 8, 8.4, 8.8, 10, 12, 16, 24]) / 8
sizes = np.unique(np.round(fractions * n_features).astype(int))
half, three_quarters, nine_tenths = (round(f * n_features) for f in (0.5, 0.75, 0.9))
past_peak, twice = round(1.5 * n_features), 2 * n_features


def experiment(seed):
    """One growing data set: for each size the two risks, the two parts, the training error."""
    rs = np.random.RandomState(seed)
    X_all = rs.randn(sizes[-1], n_features)
    y_all = X_all @ w_true + noise * rs.randn(sizes[-1])
    rows = []
    for n in sizes:
        X, y = X_all[:n], y_all[:n]
        U, s, Vt = np.linalg.svd(X, full_matrices=False)
        plain, damped = (s / (s**2 + penalty) for penalty in (ridge, tuned))
        w_plain, w_tuned = (Vt.T @ (factor * (U.T @ y)) for factor in (plain, damped))
        # Over the noise alone bias and variance are known exactly.
        bias = np.sum((w_true - Vt.T @ (plain * s * (Vt @ w_true))) ** 2)
        variance = noise**2 * np.sum(plain**2)
        rows.append((noise**2 + np.sum((w_plain - w_true) ** 2),
                     noise**2 + np.sum((w_tuned - w_true) ** 2),
                     bias, variance, np.mean((X @ w_plain - y) ** 2)))
    return rows


runs = np.array([experiment(seed) for seed in range(n_seeds)])
# Medians, because at n = n_features the mean over data sets is infinite.
risk, risk_tuned, bias, variance, train = np.median(runs, axis=0).T
risk_low, risk_high = np.percentile(runs[:, :, 0], [25, 75], axis=0)
before = sizes <= nine_tenths                  # the two parts are drawn up to here
before_sizes, bias_before, variance_before = sizes[before], bias[before], variance[before]

# In how many data sets is the fit worse than it was with half as many examples as features?
later, at_half = sizes > half, runs[:, list(sizes).index(half), 0]
later_sizes = sizes[later]
share_worse = np.mean(runs[:, later, 0] > at_half[:, None], axis=0)

# The expected risk without a penalty, away from the peak.
law_sizes = np.array([n for n in sizes if n <= three_quarters or n >= past_peak])
law = np.array([noise**2 + (1 - n / n_features + noise**2 * n / (n_features - n - 1)
                            if n < n_features else noise**2 * n_features / (n - n_features - 1))
                for n in law_sizes])

print(f"{'examples':>8} {'risk':>8} {'bias':>7} {'variance':>9} {'train':>7} {'tuned':>7}")
for row in zip(sizes, risk, bias, variance, train, risk_tuned):
    print("{:>8} {:>8.3f} {:>7.3f} {:>9.3f} {:>7.3f} {:>7.3f}".format(*row))
print(f"share of data sets in which the fit is worse than with {half} examples:",
      ", ".join(f"{n}: {share:.2f}" for n, share in zip(later_sizes, share_worse)))

assert (risk > noise**2).all(), "nothing predicts the noise"
assert (np.diff(bias) <= 1e-12).all(), "with more examples the fit can point in more directions"
if ridge == 0:
    assert (train[sizes <= n_features] < 1e-12).all(), "up to n = n_features the fit is exact"
