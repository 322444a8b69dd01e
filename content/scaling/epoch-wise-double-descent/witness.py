"""Gradient descent on features of two speeds: the error falls, rises and falls again.

While the slow features are not yet learnt, what they contribute looks like noise to the fast
ones, which overfit it. Once they are learnt the disturbance is gone, and the damage heals.
"""
import numpy as np

n_train = 64
n_fast, n_slow = 48, 4
slow_scale = 0.02     # size of the slow inputs; that of the fast ones is 1
fast_signal = 6.0     # part of the target's variance that is in the fast features
slow_signal = 2.0     # part that is in the slow ones
noise = 0.2           # standard deviation of the label noise
n_seeds = 20

steps = np.unique(np.round(10 ** np.arange(0, 6.01, 0.25)).astype(int))
fast = np.arange(n_fast + n_slow) < n_fast
scale = np.where(fast, 1.0, slow_scale)


def part(rs, size, signal):
    values = rs.randn(size)
    return np.sqrt(signal) * values / np.linalg.norm(values)


def descend(X, y):
    """Weights after each number of steps, from zero, each singular direction by itself."""
    U, s, Vt = np.linalg.svd(X, full_matrices=False)
    left = 1 - s**2 / s[0] ** 2                       # what one step leaves of each direction
    return (1 - left ** steps[:, None]) * (U.T @ y) / s @ Vt, s


def experiment(seed):
    """One data set: curves over the steps, and the number of steps that each speed needs."""
    rs = np.random.RandomState(seed)
    target = np.concatenate([part(rs, n_fast, fast_signal), part(rs, n_slow, slow_signal)])
    Z = rs.randn(n_train, n_fast + n_slow)            # the features, before they are scaled
    label_noise = noise * rs.randn(n_train)
    w, s = descend(Z * scale, Z @ target + label_noise)
    w_quiet, _ = descend(Z * scale, Z @ target)       # the same without label noise
    w_even, _ = descend(Z, Z @ target + label_noise)  # the same with all features at one speed
    miss = (w * scale - target) ** 2
    train = np.mean((w * scale @ Z.T - Z @ target - label_noise) ** 2, axis=1)

    # Expected path of the fast features alone, to which the slow signal is so much more noise.
    _, s_fast, V_fast = np.linalg.svd(Z[:, :n_fast], full_matrices=False)
    share = 1 - (1 - s_fast**2 / s_fast[0] ** 2) ** steps[:, None]
    early = (noise**2 + slow_signal) * (1 + np.sum((share / s_fast) ** 2, axis=1)) + np.sum(
        ((1 - share) * (V_fast @ target[:n_fast])) ** 2, axis=1)
    paths = [noise**2 + miss.sum(axis=1), train, miss[:, fast].sum(axis=1),
             miss[:, ~fast].sum(axis=1), np.sum((w_quiet * scale - target) ** 2, axis=1),
             noise**2 + np.sum((w_even - target) ** 2, axis=1), early]
    pace = s[0] ** 2 / s**2                           # steps that a direction takes
    return paths, 1 / np.mean(1 / pace[:n_fast]), np.mean(pace[n_fast:])


runs, fast_pace, slow_pace = zip(*(experiment(seed) for seed in range(n_seeds)))
risk, train, fast_miss, slow_miss, quiet, even, early_law = np.mean(runs, axis=0)
early_steps, early_law = steps[:12], early_law[:12]   # the law ends where slow learning begins


def on_grid(t):
    return int(steps[np.abs(np.log(steps / t)).argmin()])


fast_step, slow_step = on_grid(np.mean(fast_pace)), on_grid(np.mean(slow_pace))
between = on_grid(np.sqrt(np.mean(fast_pace) * np.mean(slow_pace)))
last_step, half_slow = int(steps[-1]), slow_signal / 2
end_level = noise**2 * (1 + (n_fast + n_slow) / (n_train - n_fast - n_slow - 1))

print(f"{'steps':>8} {'train':>7} {'risk':>7} {'fast':>7} {'slow':>7} {'no noise':>9} {'even':>7}")
for row in list(zip(steps, train, risk, fast_miss, slow_miss, quiet, even))[::2]:
    print("{:>8} {:>7.3f} {:>7.3f} {:>7.3f} {:>7.3f} {:>9.3f} {:>7.3f}".format(*row))

assert (np.diff(train) <= 1e-12).all(), "the training error never rises"
assert np.allclose(risk, noise**2 + fast_miss + slow_miss), "the two parts make up the risk"
