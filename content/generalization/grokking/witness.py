"""A small network learns addition modulo a prime, first by heart and later as a rule.

It is trained on a share of all pairs (a, b) and tested on the others. Followed are its accuracy
and its loss on both parts, and how periodic its input weights have become.
"""
import numpy as np

prime = 19
share = 0.6          # share of the pairs that it is trained on
weight_decay = 1.0   # of AdamW; each step multiplies the weights by 1 - rate * weight_decay
rate = 0.01
scale = 0.25         # size of the weights at the start
n_hidden = 64
n_steps = 300
n_seeds = 2

every = 10
steps = np.arange(0, n_steps + 1, every)
a, b = np.divmod(np.arange(prime**2), prime)
answer = (a + b) % prime
target = np.eye(prime)[answer] - 1 / prime
chance = 1 / prime


def periodicity(W):
    """Share of the strongest frequency in a hidden unit's weights, averaged over the units."""
    power = np.abs(np.fft.rfft(W, axis=1))[:, 1:] ** 2
    return np.mean(power.max(axis=1) / power.sum(axis=1))


def experiment(seed):
    """By step: accuracy on training and test pairs, loss on both, and periodicity."""
    rs = np.random.RandomState(seed)
    seen = rs.permutation(prime**2) < round(share * prime**2)
    weights = [scale * rs.randn(2, prime, n_hidden), scale / 8 * rs.randn(n_hidden, prime)]
    mean, square, rows = [0, 0], [0, 0], []
    for t in range(n_steps + 1):
        W, V = weights
        if t % every == 0:
            out = (W[0][a] + W[1][b]) ** 2 @ V                        # for all pairs
            right, loss = out.argmax(axis=1) == answer, np.sum((out - target) ** 2, axis=1)
            rows.append([right[seen].mean(), right[~seen].mean(), loss[seen].mean(),
                         loss[~seen].mean(), periodicity(W)])
        sums = W[0][a[seen]] + W[1][b[seen]]                          # only these are trained on
        error = (sums**2 @ V - target[seen]) / seen.sum()
        table = np.zeros((prime**2, n_hidden))
        table[seen] = 2 * sums * (error @ V.T)
        table = table.reshape(prime, prime, n_hidden)
        for i, g in enumerate([np.stack([table.sum(1), table.sum(0)]), (sums**2).T @ error]):
            mean[i] = 0.9 * mean[i] + 0.1 * g
            square[i] = 0.98 * square[i] + 0.02 * g**2
            size = np.sqrt(square[i] / (1 - 0.98 ** (t + 1))) + 1e-8
            direction = mean[i] / (1 - 0.9 ** (t + 1)) / size
            weights[i] = weights[i] * (1 - rate * weight_decay) - rate * direction
    return rows


runs = np.array([experiment(seed) for seed in range(n_seeds)])
train, test, train_loss, test_loss, periodic = runs.mean(axis=0).T


def first(curve, level):
    """First recorded step at which the curve has reached the level; the last if it never does."""
    return int(steps[np.argmax(curve >= level)] if curve.max() >= level else n_steps)


fitted, half, learnt = first(train, 0.99), first(test, 0.5), first(test, 0.95)
twice = min(2 * fitted, n_steps)

print(f"{'step':>5} {'train':>6} {'test':>6} {'test loss':>10} {'periodic':>9}")
for row in list(zip(steps, train, test, test_loss, periodic))[::3]:
    print("{:>5} {:>6.3f} {:>6.3f} {:>10.3f} {:>9.3f}".format(*row))
print(f"training pairs right at step {fitted}, half of the test pairs at {half}, 95% at {learnt}")

assert len(np.unique(answer.reshape(prime, prime), axis=0)) == prime, "every row is another shift"
