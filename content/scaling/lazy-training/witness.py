"""Networks with one hidden layer, wider and wider: how far do the weights have to move?

With the output divided by the square root of the width, each weight moves less the wider the
network is, and training follows the linear model at the start. Divided by the width itself,
the same networks go on moving. And a factor on the output does what width does.
"""
import numpy as np

scale = 1.0        # factor on the output
n_train = 16       # examples
n_inputs = 4
n_steps = 100      # gradient steps
step = 2.0         # step size
n_seeds = 4
reference = 64     # at this width both ways of dividing the output agree

widths = [16, 32, 64, 128, 256]
factors = [0.5, 1.0, 2.0, 4.0, 8.0]      # for the network of the reference width


def network(x, W, a):
    hidden = np.tanh(x @ W.T)
    return hidden @ a / np.sqrt(len(a)), hidden


def tangent_kernel(x1, x2, W, a):
    """Products of the gradients of the output at two sets of inputs, for these weights."""
    h1, h2 = np.tanh(x1 @ W.T), np.tanh(x2 @ W.T)
    inner = ((1 - h1**2) * a**2) @ (1 - h2**2).T
    return (h1 @ h2.T + inner * (x1 @ x2.T)) / len(a)


def experiment(width, factor, seed):
    """Relative movement of all weights, the same in the linear model, and their distance."""
    rs = np.random.RandomState(seed)
    x, fresh = rs.randn(2, n_train, n_inputs) / np.sqrt(n_inputs)
    y = np.sin(3 * x[:, 0]) + x[:, 1]
    W, a = rs.randn(width, n_inputs), rs.randn(width)
    W0, a0 = W.copy(), a.copy()
    start, fresh_start = network(x, W, a)[0], network(fresh, W, a)[0]

    K, K_fresh = tangent_kernel(x, x, W, a), tangent_kernel(fresh, x, W, a)
    rate, push = step / n_train, np.zeros(n_train)
    for _ in range(n_steps):
        # The model is factor * (output - output at the start); the loss is divided by factor^2.
        out, hidden = network(x, W, a)
        residual = rate * (y / factor - (out - start)) / np.sqrt(width)
        back = residual[:, None] * (1 - hidden**2) * a
        W, a = W + back.T @ x, a + hidden.T @ residual
        push += rate * (y - K @ push)      # the linear model, in terms of the examples

    length = np.sqrt(np.sum(W0**2) + np.sum(a0**2))
    moved = np.sqrt(np.sum((W - W0) ** 2) + np.sum((a - a0) ** 2)) / length
    linear_moved = np.sqrt(push @ K @ push) / factor / length
    answer = factor * (network(fresh, W, a)[0] - fresh_start)
    deviation = np.sqrt(np.mean((answer - K_fresh @ push) ** 2) / np.mean(y**2))
    train = np.mean((factor * (network(x, W, a)[0] - start) - y) ** 2) / np.mean(y**2)
    return moved, linear_moved, deviation, train


def average(settings):
    runs = [[experiment(m, f, seed) for seed in range(n_seeds)] for m, f in settings]
    return np.mean(runs, axis=1).T


moved, law, deviation, train = average([(m, scale) for m in widths])
moved_by_width, _, _, _ = average([(m, scale * np.sqrt(reference / m)) for m in widths])
moved_by_factor, law_by_factor, _, _ = average([(reference, f) for f in factors])

print(f"{'width':>6} {'moved':>8} {'law':>8} {'off linear':>11} {'train':>8} {'divided by width':>17}")
for row in zip(widths, moved, law, deviation, train, moved_by_width):
    print("{:>6} {:>8.4f} {:>8.4f} {:>11.4f} {:>8.4f} {:>17.4f}".format(*row))

assert np.isclose(moved[widths.index(reference)], moved_by_width[widths.index(reference)])
assert train.max() < 1, "training has lowered the error"
