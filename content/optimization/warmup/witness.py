"""How long a step can a run end with, if the step grows linearly at first?

On w^4 / 4 the pull towards the minimum weakens on the way, so that a step which is too long
at the start can be taken later. On a parabola it weakens nowhere, and warmup gains nothing.
"""
import numpy as np

start = 3.0      # where every run starts; the minimum is at zero
floor = 0.02     # curvature that is left at the minimum
warmup = 20      # steps of warmup of the run shown
peak = 15.0      # its final step, in units of the longest stable step at the start
n_steps = 400

# A step takes w to (1 - step * pull(w)) * w, so |w| shrinks while step * pull(w) < 2.
limit_step = 2 / (start**2 + floor)
warmups = np.array([0, 2, 5, 10, 20, 40, 80])
finals = np.geomspace(0.5, 1000, 1000)     # final steps tried, in units of limit_step


def quartic(w):
    return w**2 + floor


def parabola(w):
    return np.full_like(w, start**2 + floor)     # the same pull as the other at the start


def share(length, t):
    """The step at time t as a share of the final one."""
    return min(1.0, (t + 1) / length) if length else 1.0


def longest(pull, length):
    """The longest final step up to which |w| never grows."""
    w, stable = np.full(len(finals), start), np.full(len(finals), True)
    for t in range(n_steps):
        new = w - share(length, t) * finals * limit_step * pull(w) * w
        stable &= np.abs(new) <= np.abs(w)
        w = np.where(stable, new, w)
    return finals[stable].max()


quartic_longest = np.array([longest(quartic, length) for length in warmups])
parabola_longest = np.array([longest(parabola, length) for length in warmups])
# The first step has the share 1 / warmup and the pull of the start, the last one the full
# share and the pull at the minimum. Both must be stable.
at_minimum = float((start**2 + floor) / floor)
bound = np.minimum(np.maximum(warmups, 1.0), at_minimum)

# The run shown: its steps, the longest stable steps where it is, and its distance.
times = np.arange(100)
step_used = peak * np.array([share(warmup, t) for t in times])
step_allowed, distance = np.empty(len(times)), np.empty(len(times))
w = start
for t in times:
    distance[t] = max(abs(w), 1e-12)
    step_allowed[t] = 2 / quartic(w) / limit_step
    if abs(w) < 1e6:                             # a run that has escaped is left where it is
        w = w - step_used[t] * limit_step * quartic(w) * w

print(f"{'warmup':>6} {'quartic':>9} {'parabola':>9}")
for row in zip(warmups, quartic_longest, parabola_longest):
    print("{:>6} {:>9.2f} {:>9.2f}".format(*row))

assert (quartic_longest <= bound).all(), "first and last step must be stable"
assert np.allclose(parabola_longest, 1, rtol=0.01), "a parabola is as steep at its foot"
assert (np.diff(quartic_longest) >= 0).all(), "a longer warmup never shortens the final step"
