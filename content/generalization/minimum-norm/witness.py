"""Gradient descent on fewer examples than weights: which of the exact fits does it find?

Started at zero it finds the one of smallest norm. Started elsewhere it fits the same labels
as exactly, and keeps for ever the part of its start that the examples cannot see.
"""
import numpy as np

n_train = 20       # examples
n_weights = 60
start_norm = 3.0   # length of the second start
step_scale = 1.0   # step size, in units of 1 / (largest curvature); 2 is the limit of stability
n_steps = 200
seed = 0

rs = np.random.RandomState(seed)
X = rs.randn(n_train, n_weights) / np.sqrt(n_weights)
y = rs.randn(n_train)              # any labels will do: 20 rows can reproduce them all
direction = rs.randn(n_weights)
elsewhere = start_norm * direction / np.linalg.norm(direction)

# X = U diag(s) Vt. The rows of Vt span what the examples can see, the row space.
U, s, Vt = np.linalg.svd(X, full_matrices=False)
w_min = Vt.T @ ((U.T @ y) / s)     # the minimum-norm interpolant, pinv(X) @ y
unseen = elsewhere - Vt.T @ (Vt @ elsewhere)
step = step_scale / s[0] ** 2


def descend(start):
    """All iterates of gradient descent on half the squared error."""
    path = [np.array(start, dtype=float)]
    for _ in range(n_steps):
        w = path[-1]
        # The gradient is a combination of rows of X: no step ever leaves the row space.
        path.append(w - step * X.T @ (X @ w - y))
    return np.array(path)


from_zero, from_elsewhere = descend(np.zeros(n_weights)), descend(elsewhere)
steps = np.arange(n_steps + 1)
min_norm = float(np.linalg.norm(w_min))


def distance(path):
    """Distance to the minimum-norm interpolant, relative to its length."""
    return np.linalg.norm(path - w_min, axis=1) / min_norm


distance_zero, distance_elsewhere = distance(from_zero), distance(from_elsewhere)
norm_zero = np.linalg.norm(from_zero, axis=1)
norm_elsewhere = np.linalg.norm(from_elsewhere, axis=1)
loss_zero = np.mean((from_zero @ X.T - y) ** 2, axis=1)
loss_elsewhere = np.mean((from_elsewhere @ X.T - y) ** 2, axis=1)

# In each singular direction the error shrinks by its own constant factor at every step.
shown = steps[::10]
factors = (1 - step * s**2) ** shown[:, None]
predicted = np.linalg.norm(factors * (Vt @ w_min), axis=1) / min_norm

# Where the second path ends up, told without running it.
left_over = float(np.linalg.norm(unseen)) / min_norm
unit = direction / np.linalg.norm(direction)
share = np.linalg.norm(unit - Vt.T @ (Vt @ unit)) / min_norm
three_leaves, six_leaves = 3.0 * share, 6.0 * share    # what starts of length 3 and 6 leave
final_norm = float(np.hypot(min_norm, np.linalg.norm(unseen)))

print(f"smallest norm {min_norm:.4f}; from elsewhere {final_norm:.4f} is foreseen")
print(f"{'step':>5} {'distance':>10} {'law':>10} {'norm':>8} {'elsewhere':>10}")
for t, law in list(zip(shown, predicted))[::2]:
    print(f"{t:>5} {distance_zero[t]:>10.2e} {law:>10.2e} "
          f"{norm_zero[t]:>8.4f} {norm_elsewhere[t]:>10.4f}")

assert np.allclose(X @ w_min, y), "the minimum-norm interpolant interpolates"
assert np.allclose(distance_zero[shown], predicted, rtol=1e-6, atol=1e-9), "each direction alone"
assert np.allclose(from_elsewhere - from_elsewhere @ Vt.T @ Vt, unseen, atol=1e-6), "it stays"
assert np.allclose(from_zero @ Vt.T @ Vt, from_zero), "from zero, the row space is never left"
