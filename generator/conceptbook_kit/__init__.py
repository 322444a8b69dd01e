"""What also runs in the reader's browser: run a witness, draw its curves, judge them."""

__version__ = "0.1.0"
