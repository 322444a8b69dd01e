import pytest
from conceptbook_kit.declaration import Axis, Curve, Declaration, Plot, Shape


@pytest.fixture
def declaration():
    """A witness that promises one rising curve, and takes no control."""
    curve = Curve("line", "x", "y", "Line", shapes=(Shape("increasing"),))
    plot = Plot("plot", "Plot", Axis("x"), Axis("y"), (curve,))
    return Declaration("demo/doubling", "witness", "witness.py", "W", 5, 256, plots=(plot,))
