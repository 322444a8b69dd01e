# Error of the midpoint rule for x**2 on [0, 1].
most = 8
counts = [n for n in (2, 4, 8, 16, 32, 64) if n <= most]
midpoint_errors = [1 / (12 * n * n) for n in counts]
left_errors = [1 / (2 * n) for n in counts]
low = [0.9 * error for error in midpoint_errors]
high = [1.1 * error for error in midpoint_errors]
assert midpoint_errors[0] > midpoint_errors[-1]
