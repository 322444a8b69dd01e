import pytest
from conceptbook_kit.declaration import Axis, Control, Curve, Declaration, Plot

THREE = Control("n", "n", 3, min=1, max=9, step=1)


@pytest.fixture
def declare():
    """A declaration with one plot of the given curves; by default y over x."""

    def make(*curves, controls=(THREE,)):
        curves = curves or (Curve("main", "x", "y", "Main"),)
        plot = Plot("stage", "The stage", Axis("x"), Axis("y"), curves)
        return Declaration("a/b", "live", "live.py", "Title", 5, 256, tuple(controls), (plot,))

    return make
