"""Mini-batch gradient descent on a parabola: how far does it stray once it has settled?

Each example pulls the weight its own way; on average they agree on the minimum at zero. The
spread of the weight follows a law in which step over batch is only a part of the answer.
"""
import numpy as np

curvature = 1.0        # h, the second derivative of the loss
noise = 1.0            # standard deviation of the pulls of single examples
ratio = 0.1            # step size over batch size, the same along the first plot
fixed_step = 0.1       # step size along the second plot
n_examples = 64
n_chains = 400         # runs side by side
n_steps = 200
seed = 0

rs = np.random.RandomState(seed)
pulls = rs.randn(n_examples)
pulls = noise * (pulls - pulls.mean()) / pulls.std()


def stray(step, batch):
    """Mean square of the weight over the last half of the steps: measured, and expected."""
    w, expected = np.zeros(n_chains), 0.0
    squares = []
    for _ in range(n_steps):
        drawn = pulls[rs.randint(n_examples, size=(batch, n_chains))].mean(axis=0)
        w = w - step * (curvature * w - drawn)
        # A step shrinks what has gathered so far, and adds the variance of a fresh batch.
        expected = (1 - step * curvature) ** 2 * expected + step**2 * noise**2 / batch
        squares.append((np.mean(w**2), expected))
    return np.mean(squares[n_steps // 2:], axis=0)


# First plot: step and batch grow together, so that their ratio stays.
batches = np.array([1, 2, 4, 8, 16])
steps = ratio * batches
together, together_law = np.array([stray(*pair) for pair in zip(steps, batches)]).T
small_step_rule = np.full(len(steps), ratio * noise**2 / (2 * curvature))
shortest, longest = float(steps[0]), float(steps[-1])

# Second plot: the batch grows alone.
larger = np.array([1, 2, 4, 8, 16, 32])
alone, alone_law = np.array([stray(fixed_step, batch) for batch in larger]).T

print(f"{'step':>6} {'batch':>6} {'measured':>9} {'law':>9} {'rule':>9}")
for row in zip(steps, batches, together, together_law, small_step_rule):
    print("{:>6.3f} {:>6} {:>9.5f} {:>9.5f} {:>9.5f}".format(*row))

assert np.allclose(together, together_law, rtol=0.25), "the law, within the scatter of the runs"
assert np.allclose(alone, alone_law, rtol=0.25), "the law, within the scatter of the runs"
assert (np.diff(together_law) > 0).all(), "at equal ratio a longer step strays further"
