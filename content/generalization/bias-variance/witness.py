"""Polynomials of growing degree, fitted to many noisy copies of one training set.

The inputs stay where they are and only the noise is drawn anew, so bias and variance are
averages that can be written down exactly, and the 1000 copies merely confirm them.
"""
import numpy as np
from numpy.polynomial.legendre import legvander

n_train = 40       # examples in each training set
noise = 0.5        # standard deviation of the label noise
degree = 7         # the degree whose fits the second plot shows
max_degree = 14
n_copies = 1000
seed = 0

# Chebyshev nodes: denser towards the ends, where polynomials swing most.
x = -np.cos(np.pi * (np.arange(n_train) + 0.5) / n_train)
target = np.sin(2 * np.pi * x)
labels = target[:, None] + noise * np.random.RandomState(seed).randn(n_train, n_copies)

# Column k of Q is a polynomial of degree k, orthonormal on the inputs. Least squares of
# degree k is then nothing but the projection onto the first k + 1 columns.
Q, _ = np.linalg.qr(legvander(x, max_degree))


def project(values, k):
    """The least-squares polynomial of degree k, at the inputs, for each column of values."""
    basis = Q[:, :k + 1]
    return basis @ (basis.T @ values)


degrees = np.arange(max_degree + 1)
bias2, variance, error, train = np.zeros((4, len(degrees)))
for k in degrees:
    fits = project(labels, k)                     # one column for each copy
    average = fits.mean(axis=1)
    bias2[k] = np.mean((average - target) ** 2)   # how far the average fit is off
    variance[k] = np.mean(fits.var(axis=1))       # how far single fits stray from it
    # Fresh labels at the same inputs carry noise of their own that nothing can predict.
    error[k] = np.mean((fits - target[:, None]) ** 2) + noise**2
    train[k] = np.mean((fits - labels) ** 2)
total = noise**2 + bias2 + variance

# For projections the averages over all possible noise are known in closed form.
bias2_law = np.array([np.mean((project(target, k) - target) ** 2) for k in degrees])
variance_law = noise**2 * (degrees + 1) / n_train

# The fits of one degree, for the picture.
fits = project(labels, degree)
average_fit, spread = fits.mean(axis=1), fits.std(axis=1)
fit_low, fit_high = average_fit - spread, average_fit + spread

print(f"{'degree':>6} {'bias^2':>8} {'variance':>9} {'law':>8} {'error':>8} {'train':>8}")
for row in zip(degrees, bias2, variance, variance_law, error, train):
    print("{:>6} {:>8.4f} {:>9.4f} {:>8.4f} {:>8.4f} {:>8.4f}".format(*row))

assert np.allclose(error, total, rtol=1e-10), "the decomposition is an identity"
assert np.allclose(variance, variance_law, rtol=0.2), "variance grows by noise^2 / n a degree"
assert (np.diff(bias2_law) < 1e-12).all(), "a richer model never has more bias"
assert (np.diff(train) < 1e-12).all(), "a richer model never fits its training set worse"
