"""One fixed experiment: mean test error of least squares around the threshold d = n.

The true weights live in 300 equally important directions. A model of width d regresses on
the first d columns, from 80 noisy examples, and is tried on 2000 fresh ones.
"""
import numpy as np

n_train, n_test, max_d = 80, 2000, 300
noise = 0.2
jitter = 1e-8                    # keeps the solve below finite when d = n_train
dims = [10, 30, 60, 80, 100, 150, 300]
seeds = range(20)


def least_squares(X, y):
    """The only solution while d < n; above, the interpolant of (almost exactly) least norm."""
    n, d = X.shape
    if d < n:
        return np.linalg.lstsq(X, y, rcond=None)[0]
    # X X^T is n by n whatever d is. Its smallest eigenvalue is what the peak is made of.
    return X.T @ np.linalg.solve(X @ X.T + jitter * np.eye(n), y)


def mean_square(residual):
    return float(np.mean(residual**2))


def experiment(seed):
    """Draw one task and its data, then fit every width to the same data."""
    rs = np.random.RandomState(seed)
    w_true = rs.randn(max_d) / np.sqrt(max_d)
    X_train = rs.randn(n_train, max_d)
    X_test = rs.randn(n_test, max_d)
    y_train = X_train @ w_true + noise * rs.randn(n_train)
    y_test = X_test @ w_true + noise * rs.randn(n_test)

    errors = []
    for d in dims:
        w_hat = least_squares(X_train[:, :d], y_train)
        errors.append((mean_square(X_train[:, :d] @ w_hat - y_train),
                       mean_square(X_test[:, :d] @ w_hat - y_test)))
    return errors


runs = np.array([experiment(seed) for seed in seeds])    # seed, width, (train, test)
train_mse, test_mse = runs.mean(axis=0).T
# The mean at d = n_train is ruled by its few worst seeds; the median is printed beside it.
test_median = np.median(runs[:, :, 1], axis=0)

print(f"{'d':>4} {'train MSE':>12} {'test MSE':>12} {'median':>10}")
for row in zip(dims, train_mse, test_mse, test_median):
    print("{:>4} {:>12.3g} {:>12.4f} {:>10.4f}".format(*row))

at = dims.index
assert train_mse[at(n_train)] < 1e-3, "80 weights fit 80 examples"
assert test_mse[at(60)] < test_mse[at(80)] > test_mse[at(100)], "the peak is at the threshold"
assert test_mse[at(300)] < test_mse[at(80)], "the second descent"
assert test_mse[at(10)] < test_mse[at(30)], "there is no first descent in this experiment"
