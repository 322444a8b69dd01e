"""Prune a trained network, put the survivors back to their first values, train again.

The label is the sign of a product of two inputs out of many. Compared are the subnetwork that
magnitude pruning finds, the same subnetwork with new first values, and one of as many weights
chosen at random.
"""
import numpy as np

n_inputs = 20
n_hidden = 16
n_train = 150
keep = 0.5         # share of the weights of the first layer that each round keeps
n_steps = 100      # steps of Adam
n_rounds = 4
n_seeds = 4

rounds = np.arange(n_rounds + 1)
kept = [round(n_inputs * n_hidden * keep**k) for k in rounds]    # weights left after each round


def initial(rs):
    return [rs.randn(n_inputs, n_hidden) * np.sqrt(2 / n_inputs), np.zeros(n_hidden),
            rs.randn(n_hidden) * np.sqrt(2 / n_hidden)]


def data(rs, n):
    x = rs.randn(n, n_inputs)
    return x, np.where(x[:, 0] * x[:, 1] > 0, 1.0, -1.0)


def answer(x, W, b, v):
    return np.maximum(x @ W + b, 0) @ v


def train(start, mask, x, y):
    """Adam on the logistic loss of all examples; masked weights start and stay at zero."""
    weights = [start[0] * mask, start[1].copy(), start[2].copy()]
    mean, square = [np.zeros_like(w) for w in weights], [np.zeros_like(w) for w in weights]
    for t in range(1, n_steps + 1):
        W, b, v = weights
        hidden = np.maximum(x @ W + b, 0)
        pull = -y / (1 + np.exp(y * (hidden @ v))) / len(y)
        back = pull[:, None] * (hidden > 0) * v
        for i, g in enumerate([(x.T @ back) * mask, back.sum(0), hidden.T @ pull]):
            mean[i] = 0.9 * mean[i] + 0.1 * g
            square[i] = 0.999 * square[i] + 0.001 * g**2
            direction = mean[i] / (1 - 0.9**t) / (np.sqrt(square[i] / (1 - 0.999**t)) + 1e-8)
            weights[i] = weights[i] - 0.05 * direction
    return weights


def accuracy(weights, x, y):
    return np.mean((answer(x, *weights) >= 0) == (y > 0))


def experiment(seed):
    """By round: test accuracy of the three subnetworks, and the mask's share on the two inputs."""
    rs = np.random.RandomState(seed)
    (x, y), fresh = data(rs, n_train), data(rs, 1000)
    start, mask = initial(rs), np.ones((n_inputs, n_hidden))
    trained = train(start, mask, x, y)
    rows = [[accuracy(trained, *fresh)] * 3 + [2 / n_inputs]]
    for left in kept[1:]:
        size = np.where(mask > 0, np.abs(trained[0]), -1)
        mask = (size >= np.sort(size, axis=None)[-left]) * 1.0     # the largest survive
        anywhere = (rs.permutation(mask.size) < left).reshape(mask.shape) * 1.0
        trained = train(start, mask, x, y)
        others = [train(initial(rs), mask, x, y), train(start, anywhere, x, y)]
        rows.append([accuracy(w, *fresh) for w in (trained, *others)] + [mask[:2].sum() / left])
    return rows


ticket, renewed, anywhere, relevant = np.mean(
    [experiment(seed) for seed in range(n_seeds)], axis=0).T
chance = 2 / n_inputs       # share of a random mask on the two inputs

print(f"{'round':>5} {'weights':>8} {'ticket':>7} {'renewed':>8} {'random':>7} {'on the two inputs':>18}")
for row in zip(rounds, kept, ticket, renewed, anywhere, relevant):
    print("{:>5} {:>8} {:>7.3f} {:>8.3f} {:>7.3f} {:>18.3f}".format(*row))

assert all(np.diff(kept) < 0), "every round takes weights away"
