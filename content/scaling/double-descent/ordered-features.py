"""Least squares on more and more features, the useful ones first.

The target is linear in 200 features whose weights fade: feature j carries weight j^-decay.
A model of width d sees only the first d of them and takes the least-squares fit;
where many weights fit the data exactly, it takes the one of smallest norm.
"""
import numpy as np

n_train = 40          # examples: the interpolation threshold is the width d = n_train
n_features = 200      # features that the target is made of
noise = 0.3           # standard deviation of the label noise
decay = 1.0           # how fast the weights fade; 0 makes all features equally useful
ridge = 0.0           # penalty on the squared norm; 0 is plain (minimum-norm) least squares
n_seeds = 30

# The target. It has norm 1, so that always predicting zero costs exactly 1 + noise^2.
# Signs are all plus: Gaussian features are symmetric, so signs would change nothing.
w_true = np.arange(1, n_features + 1) ** -float(decay)
w_true /= np.linalg.norm(w_true)

# Widths to try: fine steps around the threshold, coarse ones elsewhere.
just_below, just_above = round(0.9 * n_train), round(1.1 * n_train)
past_peak, twice = round(1.25 * n_train), 2 * n_train
around = [round(0.4 * n_train), round(0.6 * n_train), round(0.8 * n_train), just_below,
          n_train, just_above, past_peak, round(1.5 * n_train), twice, 3 * n_train]
widths = sorted(d for d in {1, 2, 4, 8, 16, n_features, *around} if d <= n_features)


def fit(X, y):
    """Ridge regression by the singular values; at ridge = 0 it is the minimum-norm fit."""
    U, s, Vt = np.linalg.svd(X, full_matrices=False)
    return Vt.T @ (s / (s**2 + ridge) * (U.T @ y))


def experiment(seed):
    """One training set, every width: rows of (train error, missing signal, misfit)."""
    rs = np.random.RandomState(seed)
    X = rs.randn(n_train, n_features)
    y = X @ w_true + noise * rs.randn(n_train)
    rows = []
    for d in widths:
        w_hat = fit(X[:, :d], y)
        train_error = np.mean((X[:, :d] @ w_hat - y) ** 2)
        missing = np.sum(w_true[d:] ** 2)             # what a model this narrow cannot express
        misfit = np.sum((w_hat - w_true[:d]) ** 2)    # what it got wrong in what it can
        rows.append((train_error, missing, misfit))
    return rows


runs = np.array([experiment(seed) for seed in range(n_seeds)])
# A fresh x has independent standard normal features, so the expected squared error on it is
# known exactly from the weights: no test set is drawn, and none adds noise to the curve.
risks = noise**2 + runs[:, :, 1] + runs[:, :, 2]

# Medians, because at d = n_train the mean over training sets is infinite.
risk = np.median(risks, axis=0)
risk_low, risk_high = np.percentile(risks, [25, 75], axis=0)
train, missing, misfit = np.median(runs, axis=0).T
best_narrow = float(risk[:widths.index(n_train)].min())    # the bottom of the first valley

# At full width nothing is missing, and a logarithmic axis has no place for that zero.
partial, missing_partial = widths[:-1], missing[:-1]

print(f"{'width':>6} {'train':>9} {'missing':>9} {'misfit':>9} {'test risk':>10}")
for row in zip(widths, train, missing, misfit, risk):
    print("{:>6} {:>9.4f} {:>9.4f} {:>9.4f} {:>10.4f}".format(*row))
print("predicting zero costs", round(1 + noise**2, 4))

# Laws, whatever the setting of the controls.
assert (risk >= noise**2).all(), "nothing predicts the noise"
assert (np.diff(missing) < 0).all(), "a wider model can express more of the target"
if ridge == 0:
    assert (np.diff(train) <= 1e-12).all(), "a wider model fits its training set better"
    assert (train[widths.index(n_train):] < 1e-12).all(), "from d = n_train on, the fit is exact"
