"""Logistic regression on separable data: the weights grow for ever, their direction settles.

The loss has no minimum, so gradient descent never arrives. What settles is the direction: it
tends to that of the largest margin, whatever the start, and very slowly.
"""
import numpy as np

n_train = 40       # examples in the plane; the boundary goes through the origin
gap = 0.5          # distance that every example keeps from the true boundary
start_norm = 0.0   # length of the start, which points along the true boundary
wrong = 0.05       # share of wrong labels among the fresh examples (never in training)
step = 0.5
n_steps = 3000
n_test = 200
n_seeds = 20

along, across = np.array([0.6, 0.8]), np.array([0.8, -0.6])    # the true boundary, its normal


def examples(rs, n):
    """Examples times their labels, so that the right side is always that of `across`."""
    depth, place = gap + rs.exponential(1.0, n), 2.0 * rs.randn(n)
    return depth[:, None] * across + place[:, None] * along


def largest_margin(z):
    """The best that a line through the origin can do: one or two examples decide it."""
    i, j = np.triu_indices(len(z), 1)
    turned = (z[i] - z[j])[:, ::-1] * [1, -1]      # at right angles to a difference
    lines = np.vstack([z, turned, -turned])
    lines /= np.linalg.norm(lines, axis=1, keepdims=True)
    return (z @ lines.T).min(axis=0).max()


train, fresh = [], []
for seed in range(n_seeds):
    rs = np.random.RandomState(seed)
    train.append(examples(rs, n_train))
    side = np.where(rs.rand(n_test) < wrong, -1.0, 1.0)
    fresh.append(side[:, None] * examples(rs, n_test))
train, fresh = np.array(train), np.array(fresh)
best = np.array([largest_margin(z) for z in train])


def values(z, w):
    """The signed values of all examples, one row for each data set."""
    return (z @ w[:, :, None])[:, :, 0]


w = np.tile(start_norm * along, (n_seeds, 1))
steps = sorted({round(10 ** (k / 4)) for k in range(14)} | {n_steps})
rows, shares = [], []
for t in range(1, n_steps + 1):
    pull = 1 / (1 + np.exp(values(train, w)))      # examples far on the right side hardly count
    w = w + step * (pull[:, None, :] @ train)[:, 0] / n_train
    if t in steps:
        known, unknown, length = values(train, w), values(fresh, w), np.linalg.norm(w, axis=1)
        shares.append(known.min(axis=1) / length / best)
        rows.append((np.logaddexp(0, -known).mean(), np.mean(known <= 0), length.mean(),
                     np.logaddexp(0, -unknown).mean(), np.mean(unknown <= 0)))

loss, error, norm, fresh_loss, fresh_error = np.array(rows).T
margin = np.median(shares, axis=1)                  # as a share of the largest one possible
margin_low, margin_high = np.percentile(shares, [25, 75], axis=1)
limit_rate = float(np.log(10) * np.mean(1 / best))  # growth a decade, once the limit law holds
half_rate = limit_rate / 2
late = [t for t in steps if t >= 100]
law_norm = norm[steps.index(100)] + limit_rate * np.log10(np.array(late) / 100)

print(f"{'step':>5} {'loss':>8} {'error':>6} {'norm':>7} {'margin':>7} {'fresh loss':>11} {'error':>6}")
for row in zip(steps, loss, error, norm, margin, fresh_loss, fresh_error):
    print("{:>5} {:>8.5f} {:>6.3f} {:>7.3f} {:>7.4f} {:>11.4f} {:>6.3f}".format(*row))
fell = np.mean((np.diff(np.array(shares)[8:], axis=0) < -1e-6).any(axis=0))
print(f"margin fell at some time after step 100 in {fell:.0%} of the data sets")

assert np.max(shares) <= 1 + 1e-9, "no line does better than the largest margin"
assert (np.diff(loss) < 0).all(), "the training loss falls"
