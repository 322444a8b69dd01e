"""What the environment lacks: not a fault of the notebook, and not a bug."""


class EnvironmentLacks(Exception):
    """Something outside the notebook is missing; the message says what, and what to run."""
