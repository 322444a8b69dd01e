"""Full-batch gradient descent on a small network with two step sizes, and its sharpness.

One input, 30 tanh units, one output, twenty points of a fast wave. The sharpness is the
largest eigenvalue of the exact Hessian; both runs start from the same weights.
"""
import numpy as np

step_scale = 0.85    # the longer step, in units of 2 / (sharpness at the start)
shorter = 0.6        # the shorter step, as a share of the longer one
frequency = 6.0      # how fast the target oscillates
n_train, width = 20, 30
n_steps, every = 3000, 50
seed = 0

x = np.linspace(-1, 1, n_train)
y = 4 * np.sin(frequency * x)


def forward(w):
    """Units and errors. The rows of w[run]: slopes, shifts, output weights, offset."""
    h = np.tanh(w[:, 0, None] * x[:, None] + w[:, 1, None])
    return h, (h @ w[:, 2, :, None])[..., 0] + w[:, 3, :1] - y


def gradient(h, error, w):
    """The gradient of half the mean squared error, for all runs."""
    back = error[..., None] * w[:, None, 2] * (1 - h**2)
    grad = np.zeros_like(w)
    grad[:, 0], grad[:, 1] = x @ back, back.sum(axis=1)
    grad[:, 2], grad[:, 3, 0] = (error[:, None] @ h)[:, 0], error.sum(axis=1)
    return grad / n_train


def sharpness(h, error, outer):
    """The largest eigenvalue of the Hessian, for one run."""
    d1, col = 1 - h**2, x[:, None]
    first = np.hstack([outer * d1 * col, outer * d1, h, np.ones((n_train, 1))])
    hessian = first.T @ first / n_train
    # The network's own second derivatives couple only the three weights of each unit.
    d2, unit = -2 * h * d1 * outer, np.arange(width)
    for p, q, second in ((0, 0, d2 * col**2), (0, 1, d2 * col), (1, 1, d2), (0, 2, d1 * col),
                         (1, 2, d1)):
        hessian[p * width + unit, q * width + unit] += error @ second / n_train
    return np.linalg.eigvalsh(hessian, UPLO="U")[-1]


rs = np.random.RandomState(seed)
w = np.zeros((2, 4, width))
w[:, 0], w[:, 1], w[:, 2] = 3 * rs.randn(width), rs.randn(width), rs.randn(width) / width**0.5
h, error = forward(w)
limit_step = 2 / sharpness(h[0], error[0], w[0, 2])
steps = step_scale * limit_step * np.array([1, shorter])

records, rises, last = [], np.zeros(2), np.full(2, np.inf)
for t in range(n_steps + 1):
    h, error = forward(w)
    loss = np.mean(error**2, axis=1) / 2
    assert np.isfinite(loss).all(), "a run has escaped: try shorter steps"
    rises, last = rises + (loss > last), loss
    if t % every == 0:
        records.append([[sharpness(*run) for run in zip(h, error, w[:, 2])], loss, rises])
    w = w - steps[:, None, None] * gradient(h, error, w)

# Sharpness in units of 2 / (longer step): the limit of the longer step is 1.
records = np.array(records)
times = every * np.arange(len(records))
longer_sharpness, shorter_sharpness = records[:, 0].T * steps[0] / 2
longer_loss, shorter_loss = records[:, 1].T
longer_rises, shorter_rises = records[:, 2].T
longer_limit, shorter_limit = np.ones(len(times)), np.full(len(times), 1 / shorter)
half = float(longer_loss[0] / 2)

print(f"{'step':>6} {'sharpness':>10} {'shorter':>8} {'loss':>8} {'shorter':>8} {'rises':>6}")
for row in list(zip(times, longer_sharpness, shorter_sharpness, longer_loss, shorter_loss,
                    longer_rises))[::6]:
    print("{:>6} {:>10.3f} {:>8.3f} {:>8.4f} {:>8.4f} {:>6.0f}".format(*row))

assert np.allclose(longer_sharpness[0], step_scale), "both runs start at the same weights"
assert longer_loss[-1] < longer_loss[0] / 2, "in spite of all rises, the loss comes down"
