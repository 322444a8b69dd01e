"""Gradient descent beside a valley of equally good minima, of which some are sharp.

The model x -> u * v * x fits the slope 1 whenever u * v = 1, so its minima form a curve. All
of them are the same function; their sharpness is u^2 + v^2. Which can a step size keep?
"""
import numpy as np

start_sharpness = 8.0   # sharpness of the minimum that every run starts beside
step_scale = 1.4        # step size of the run shown, in units of 2 / start_sharpness
gap = 1e-4              # how far beside that minimum a run starts
n_steps = 1000
cap = 1e3               # a run whose loss passes this has escaped, and is stopped

limit_step = 2 / start_sharpness
scales = np.array([0.25, 0.5, 0.8, 0.95, 1.05, 1.2, 1.4, 1.6, 1.8])


def sharpness(u, v):
    """Largest eigenvalue of the Hessian of (uv - 1)^2 / 2."""
    return (u * u + v * v) / 2 + np.hypot((v * v - u * u) / 2, 2 * u * v - 1)


def descend(steps):
    """Sharpness and loss before each update; one column for each step size."""
    # On uv = 1 the sharpness is (u + v)^2 - 2, which gives u and v.
    total = np.sqrt(start_sharpness + 2)
    u = np.full(len(steps), (total + np.sqrt(total**2 - 4)) / 2)
    v = 1 / u + gap
    escaped = np.zeros(len(steps), dtype=bool)
    path = np.empty((2, n_steps + 1, len(steps)))
    for t in range(n_steps + 1):
        error = u * v - 1
        escaped |= error**2 / 2 > cap
        path[0, t] = np.where(escaped, cap, sharpness(u, v))
        path[1, t] = np.where(escaped, cap, error**2 / 2)
        error = np.where(escaped, 0, error)
        u, v = u - steps * error * v, v - steps * error * u
    return path


every = descend(limit_step * np.append(scales, step_scale))
final_sharpness, final_loss = every[:, -1, :-1]
stability_bound = 2 / (limit_step * scales)
unchanged = np.full(len(scales), start_sharpness)

# One of the runs, step by step; a logarithmic axis has no place for a loss of zero.
shown = np.arange(121)
path_sharpness, path_loss = every[0, shown, -1], np.maximum(every[1, shown, -1], 1e-30)
run_bound = float(2 / (limit_step * step_scale))
bound_line = np.full(len(shown), run_bound)

# The same function throughout: u = a and v = 1 / a.
rescaling = np.array([0.25, 0.4, 0.63, 1.0, 1.6, 2.5, 4.0])
same_slope = rescaling * (1 / rescaling)
its_sharpness = sharpness(rescaling, 1 / rescaling)

print(f"{'step':>6} {'2/step':>8} {'sharpness':>10} {'loss':>9}")
for row in zip(limit_step * scales, stability_bound, final_sharpness, final_loss):
    print("{:>6.3f} {:>8.3f} {:>10.4f} {:>9.1e}".format(*row))

assert (final_loss < 1e-9).all(), "below twice the limit every run finds a minimum"
assert (final_sharpness < stability_bound).all(), "no run settles where it is unstable"
assert np.allclose(its_sharpness, rescaling**2 + rescaling**-2), "at a minimum: u^2 + v^2"
