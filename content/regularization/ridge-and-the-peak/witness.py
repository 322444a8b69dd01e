"""Three penalties on the same least-squares problem: none, a fixed one, a tuned one.

Without a penalty the risk has its peak at the width d = n_train. A fixed small penalty
leaves a hump there. The penalty that suits the noise and the missing signal leaves none.
"""
import numpy as np

n_train = 40        # examples
n_features = 180    # features that the target is made of, all equally useful
noise = 0.3         # standard deviation of the label noise
fixed = 1.0         # the penalty that is the same at every width
n_seeds = 20

# The target has norm 1. Its direction does not matter, as the features are isotropic.
w_true = np.ones(n_features) / np.sqrt(n_features)

just_below, just_above, thrice = round(0.9 * n_train), round(1.1 * n_train), 3 * n_train
around = [round(f * n_train) for f in (0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3)]
widths = sorted(d for d in {5, just_below, just_above, n_features, *around} if d <= n_features)


def tuned(d):
    """The best penalty at width d: disturbance of the labels over variance of a weight.

    Seen from d features the disturbance is the label noise plus all signal left out. The
    square of a weight is 1 / n_features.
    """
    disturbance = noise**2 + (n_features - d) / n_features
    return disturbance * n_features


# The second plot stays at the threshold and moves the penalty around its best value.
best_at_threshold = float(tuned(n_train))
penalties = best_at_threshold * 10.0 ** np.arange(-4, 2.5, 0.5)


def risks(X, y, penalty_list):
    """Expected squared error on a fresh example, for each penalty, from one decomposition."""
    d = X.shape[1]
    U, s, Vt = np.linalg.svd(X, full_matrices=False)
    result = []
    for penalty in penalty_list:
        # Each singular direction is fitted alone; the penalty bounds its factor s/(s^2 + p).
        w_hat = Vt.T @ (s / (s**2 + penalty) * (U.T @ y))
        result.append(noise**2 + np.sum((w_hat - w_true[:d]) ** 2) + np.sum(w_true[d:] ** 2))
    return result


by_width, at_threshold = [], []
for seed in range(n_seeds):
    rs = np.random.RandomState(seed)
    X = rs.randn(n_train, n_features)
    y = X @ w_true + noise * rs.randn(n_train)
    by_width.append([risks(X[:, :d], y, [0.0, fixed, tuned(d)]) for d in widths])
    at_threshold.append(risks(X[:, :n_train], y, penalties))

# Medians: without a penalty the mean at d = n_train is infinite.
ridgeless, ridge_fixed, ridge_tuned = np.median(by_width, axis=0).T
threshold_risk = np.median(at_threshold, axis=0)
tuned_penalty = np.array([tuned(d) for d in widths])

print(f"{'width':>6} {'no penalty':>11} {'fixed':>8} {'tuned':>8} {'its penalty':>12}")
for row in zip(widths, ridgeless, ridge_fixed, ridge_tuned, tuned_penalty):
    print("{:>6} {:>11.4f} {:>8.4f} {:>8.4f} {:>12.1f}".format(*row))

assert np.min(by_width) > noise**2, "nothing predicts the noise"
assert (np.diff(tuned_penalty) < 0).all(), "a wider model leaves less out, and needs less"
assert ridge_tuned[widths.index(n_train)] < ridgeless[widths.index(n_train)], "a lower peak"
