"""Fitting labels of which some are wrong: one exact fit, and one with a penalty.

A kernel machine can reproduce any labels at all. So its training accuracy is 100 per cent at
every share of wrong labels, and tells nothing about its accuracy on fresh examples.
"""
import numpy as np

n_train = 120      # examples
n_inputs = 4       # dimension of the inputs, which lie on a sphere
penalty = 0.3      # ridge penalty of the second fit
n_test = 500
n_seeds = 20

flips = np.array([0.0, 0.1, 0.2, 0.3, 0.4, 0.5])    # share of wrong training labels
half = float(flips[-1])                             # here labels say nothing any more


def sphere(rs, n):
    x = rs.randn(n, n_inputs)
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def kernel(a, b):
    """Arc-cosine kernel of degree one: an infinitely wide layer of rectified units."""
    cosine = np.clip(a @ b.T, -1.0, 1.0)
    angle = np.arccos(cosine)
    return (np.sin(angle) + (np.pi - angle) * cosine) / np.pi


def truth(x):
    return np.where(x[:, 0] + x[:, 1] * x[:, 2] > 0, 1.0, -1.0)[:, None]


def share_right(values, labels):
    return np.mean(np.sign(values) == labels, axis=0)


def experiment(seed):
    """One data set: six accuracies for each share of wrong labels."""
    rs = np.random.RandomState(seed)
    x, fresh = sphere(rs, n_train), sphere(rs, n_test)
    clean, answer = truth(x), truth(fresh)
    # One draw for each example: a label that is wrong at 0.1 is wrong at 0.2 as well.
    observed = np.where(rs.rand(n_train, 1) < flips, -clean, clean)
    noisy_answer = np.where(rs.rand(n_test, 1) < flips, -answer, answer)
    K, K_fresh = kernel(x, x), kernel(fresh, x)
    exact = np.linalg.solve(K, observed)                               # one column for each share
    damped = np.linalg.solve(K + penalty * np.eye(n_train), observed)
    return (share_right(K @ exact, observed), share_right(K_fresh @ exact, answer),
            share_right(K @ damped, observed), share_right(K @ damped, clean),
            share_right(K_fresh @ damped, answer), share_right(K_fresh @ damped, noisy_answer))


runs = np.array([experiment(seed) for seed in range(n_seeds)])
train_exact, test_exact, train_damped, true_damped, test_damped, noisy_test = runs.mean(axis=0)

# What a test set with as many wrong labels must show, given the accuracy on right ones.
noisy_law = flips + (1 - 2 * flips) * test_damped

print(f"{'wrong':>5} {'exact fit':>16} {'with penalty':>16} {'on noisy test':>14}")
print(f"{'':>5} {'train':>8} {'test':>7} {'train':>8} {'test':>7} {'seen':>7} {'law':>6}")
for row in zip(flips, train_exact, test_exact, train_damped, test_damped, noisy_test, noisy_law):
    print("{:>5.1f} {:>8.3f} {:>7.3f} {:>8.3f} {:>7.3f} {:>7.3f} {:>6.3f}".format(*row))

assert (runs[:, 0] == 1).all(), "the exact fit reproduces every label, right or wrong"
assert np.abs(noisy_test - noisy_law).max() < 0.03, "wrong test labels are not related to the fit"
assert abs(test_exact[-1] - 0.5) < 0.1, "from labels that say nothing, nothing is learnt"
