"""The concept map: layers by prerequisites, no implied edges, links and words for every node."""

from __future__ import annotations

import re
import xml.etree.ElementTree as xml

from conceptbook.render.concept_map import Node, draw, layered


def node(name: str, *needs: str, title: str = "") -> Node:
    return Node(name, title or name, f"{name}/", "open", "none of 2 claims reviewed", needs)


def test_each_node_lies_right_of_what_it_needs() -> None:
    assert layered({"a": [], "b": ["a"], "c": ["a", "b"], "d": []}) == {
        "a": 0,
        "b": 1,
        "c": 2,
        "d": 0,
    }


def test_a_circle_does_not_hang_it() -> None:
    layers = layered({"a": ["b"], "b": ["a"]})
    assert set(layers) == {"a", "b"}
    draw([node("a", "b"), node("b", "a")], "map")


def test_an_edge_that_others_imply_is_left_out() -> None:
    svg = draw([node("a"), node("b", "a"), node("c", "a", "b")], "map")
    edges = re.findall(r'data-from="(\w)" data-to="(\w)"', svg)
    assert edges == [("a", "b"), ("b", "c")]


def test_a_deep_chain_is_no_recursion() -> None:
    chain = {str(n): [str(n - 1)] if n else [] for n in range(5000)}
    assert layered(dict(reversed(chain.items())))["4999"] == 4999


def test_it_is_xml_whose_nodes_are_links_with_words() -> None:
    svg = draw([node("a", title="A < B & C"), node("b", "a")], "How they build")
    root = xml.fromstring(svg)
    links = list(root.iter("a"))
    assert [link.get("href") for link in links] == ["a/", "b/"]
    assert links[0].findtext("title") == "A < B & C: none of 2 claims reviewed"
    assert "style=" not in svg
