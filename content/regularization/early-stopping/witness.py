"""Gradient descent on noisy least squares, stopped anywhere between one step and many.

Training longer removes bias and lets noise in. Both happen one singular direction at a time,
so the whole path is known in closed form and no step need be taken.
"""
import numpy as np

n_train = 60
n_features = 50
noise = 1.0        # standard deviation of the label noise; the signal has norm 1
step_scale = 0.1   # step size, in units of 1 / (largest curvature)
n_seeds = 20

steps = 2 ** np.arange(17)                            # 1, 2, 4, ... 65536
held_out = np.array([5, 10, 20, 40, 80, 160])         # sizes of the validation set


def experiment(seed):
    """One data set: curves over the steps, and the error after stopping by a validation set."""
    rs = np.random.RandomState(seed)
    w_true = rs.randn(n_features)
    w_true /= np.linalg.norm(w_true)
    X = rs.randn(n_train, n_features)
    y = X @ w_true + noise * rs.randn(n_train)
    U, s, Vt = np.linalg.svd(X, full_matrices=False)
    unseen = np.sum((w_true - w_true @ Vt.T @ Vt) ** 2)

    def parts(share):
        """Squared bias and variance, exact over the noise, of a fit of each direction in part."""
        bias = unseen + np.sum((1 - share) ** 2 * (Vt @ w_true) ** 2, axis=1)
        return bias, np.sum(share**2 * noise**2 / s**2, axis=1)

    # From zero, gradient descent has after t steps fitted this share of each direction.
    share = 1 - (1 - step_scale * s**2 / s[0] ** 2) ** steps[:, None]
    bias, variance = parts(share)
    penalty = s[0] ** 2 / (step_scale * steps)        # the ridge penalty that goes with t steps
    ridge_bias, ridge_variance = parts(s**2 / (s**2 + penalty[:, None]))

    w = share * (U.T @ y) / s @ Vt                    # the weights themselves, a row for each step
    excess = np.sum((w - w_true) ** 2, axis=1)
    train = np.mean((w @ X.T - y) ** 2, axis=1)

    X_held = rs.randn(held_out[-1], n_features)
    y_held = X_held @ w_true + noise * rs.randn(held_out[-1])
    errors = (w @ X_held.T - y_held) ** 2             # steps by validation examples
    chosen = [excess[errors[:, :m].mean(axis=1).argmin()] for m in held_out]
    return np.array([excess, train, bias, variance, ridge_bias + ridge_variance]), chosen


results = [experiment(seed) for seed in range(n_seeds)]
excess, train, bias, variance, ridge_excess = np.mean([paths for paths, _ in results], axis=0)
risk, law, ridge = (noise**2 + part for part in (excess, bias + variance, ridge_excess))
ceiling = noise**2 + 1.69 * ridge_excess              # the proved bound, for infinitely small steps
stopped = noise**2 + np.mean([chosen for _, chosen in results], axis=0)

best_step = int(steps[law.argmin()])                  # by the law, not by these labels
last_step, last_risk = int(steps[-1]), float(risk[-1])
zero_risk = float(noise**2 + 1)                       # what predicting zero costs
half_variance = float(variance[-1] / 2)

print(f"{'steps':>6} {'train':>7} {'bias':>7} {'variance':>9} {'risk':>7} {'law':>7} {'ridge':>7}")
for row in zip(steps, train, bias, variance, risk, law, ridge):
    print("{:>6} {:>7.3f} {:>7.3f} {:>9.3f} {:>7.3f} {:>7.3f} {:>7.3f}".format(*row))
print(f"least error on the path {risk.min():.3f}, of ridge {ridge.min():.3f}; stopped by",
      ", ".join(f"{m} held out: {r:.3f}" for m, r in zip(held_out, stopped)))

assert (np.diff(bias) <= 1e-12).all(), "every direction comes closer to the truth, on average"
assert (np.diff(variance) >= -1e-12).all(), "and lets more of its noise in"
assert (np.diff(train) <= 1e-12).all(), "the training error never rises"
