from types import SimpleNamespace

import pytest
from conceptbook.check.graph import cycles, order


def concepts(**edges):
    """Concepts by letter with the letters of their prerequisites."""
    return {
        name: SimpleNamespace(id=name, record=SimpleNamespace(prerequisites=tuple(targets)))
        for name, targets in edges.items()
    }


@pytest.mark.parametrize(
    ("edges", "found"),
    [
        ({"a": "", "b": "a", "c": "ab"}, []),
        ({"a": "a"}, [["a"]]),
        ({"a": "b", "b": "a"}, [["a", "b"]]),
        ({"a": "b", "b": "c", "c": "a"}, [["a", "b", "c"]]),
        ({"a": "b", "b": "ca", "c": "a"}, [["a", "b"]]),
        ({"a": "b", "b": "a", "c": "d", "d": "c", "e": "ac"}, [["a", "b"], ["c", "d"]]),
        ({"a": "b", "b": "c", "c": "b", "d": "a"}, [["b", "c"]]),
        ({"a": "b", "b": "a", "c": "da", "d": "c"}, [["a", "b"], ["c", "d"]]),
        ({"a": "x"}, []),
    ],
)
def test_one_shortest_circle_for_each_knot(edges, found):
    assert cycles(concepts(**edges)) == found


def test_each_comes_after_its_prerequisites():
    assert order(concepts(a="c", b="a", c="", d="bx")) == ["c", "a", "b", "d"]


def test_a_circle_has_an_order_too():
    assert sorted(order(concepts(a="b", b="a", c="b"))) == ["a", "b", "c"]


def test_a_long_chain_is_no_recursion():
    names = [f"c{number}" for number in range(5000)]
    after = [*names[1:], names[0]]
    chain = concepts(**{name: [each] for name, each in zip(names, after, strict=True)})
    assert cycles(chain) == [names]
    assert len(order(chain)) == 5000
