"""A fitted loss surface, and how to spend a budget of compute on it.

The loss of a model with N parameters trained on D tokens is E + A / N^alpha + B / D^beta, with
published sets of constants. Training costs 6 N D operations; answering costs 2 N for each
token that is served.
"""
import numpy as np

budget = 5.88e23    # operations for training and serving; 6 * 70e9 * 1.4e12 by default
served = 0.0        # tokens to be served

# E, A, B, alpha, beta: as printed in 2022, with two more digits of the exponents, and as fitted
# anew in 2024 to the data of the plots.
printed = (1.69, 406.4, 410.7, 0.34, 0.28)
unrounded = (1.69, 406.4, 410.7, 0.3392, 0.2849)
refitted = (1.8172, 482.01, 2085.43, 0.3478, 0.3658)

tokens = np.sqrt(budget / 6) * 10.0 ** np.linspace(0, 2, 41)
parameters = budget / (6 * tokens + 2 * served)        # all that the budget leaves room for


def loss(constants, N, D):
    E, A, B, alpha, beta = constants
    return E + A / N**alpha + B / D**beta


def best(constants, C):
    """Parameters and tokens of least loss with nothing served: 6 N D = C."""
    E, A, B, alpha, beta = constants
    G = (alpha * A / (beta * B)) ** (1 / (alpha + beta))
    N = G * (C / 6) ** (beta / (alpha + beta))
    return N, C / 6 / N


loss_printed, loss_refitted = loss(printed, parameters, tokens), loss(refitted, parameters, tokens)
grid_step = float(tokens[1] / tokens[0])
best_printed, best_refitted = [float(best(c, budget)[1]) for c in (printed, refitted)]
below_printed, above_printed = best_printed / grid_step, best_printed * grid_step
below_refitted, above_refitted = best_refitted / grid_step, best_refitted * grid_step

budgets = np.array([1e18, 1e19, 1e20, 1e21, 1e22, 1e23, 5.88e23, 1e24, 1e25, 1e26])
ratio_printed, ratio_unrounded, ratio_refitted = [best(c, budgets)[1] / best(c, budgets)[0]
                                                  for c in (printed, unrounded, refitted)]
# The exponent with which tokens per parameter change with the budget.
drift_printed, drift_refitted = [(c[3] - c[4]) / (c[3] + c[4]) for c in (printed, refitted)]
low_printed, high_printed = drift_printed - 1e-6, drift_printed + 1e-6
low_refitted, high_refitted = drift_refitted - 1e-6, drift_refitted + 1e-6

print(f"{'constants':>10} {'parameters':>11} {'tokens':>10} {'tokens each':>12} {'loss':>7}")
for name, constants, curve in (("printed", printed, loss_printed),
                               ("refitted", refitted, loss_refitted)):
    k = int(np.argmin(curve))
    print(f"{name:>10} {parameters[k]:>11.3g} {tokens[k]:>10.3g} "
          f"{tokens[k] / parameters[k]:>12.1f} {curve[k]:>7.4f}")

for constants in (printed, unrounded, refitted):
    N, D = best(constants, budget)
    nearby = loss(constants, N * np.array([0.9, 1.0, 1.1]), D / np.array([0.9, 1.0, 1.1]))
    assert nearby.argmin() == 1, "the formula gives a minimum"
