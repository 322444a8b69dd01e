import math
import re
import xml.etree.ElementTree as ET

import pytest
from conceptbook_kit.declaration import Axis, Curve, Plot
from conceptbook_kit.plaintext import plain
from conceptbook_kit.plot import Layer, Mark, draw, format_number, sentence
from conceptbook_kit.scales import MOST_TICKS, scale

SVG = "{http://www.w3.org/2000/svg}"
NAN, INF = math.nan, math.inf


def plot(mark="line", x="linear", y="linear", curves=1):
    ids = "abcdefgh"[:curves]
    return Plot("p", "A <b>&amp; title", Axis("Width $d$", scale=x), Axis("Risk", "nats", scale=y),
                tuple(Curve(i, "x", "y", f"Curve {i} & co", mark=mark) for i in ids))  # fmt: skip


def parsed(shown, layers, ident="one"):
    text = draw(shown, layers, ident=ident)
    root = ET.fromstring(text)
    for node in root.iter():
        assert "style" not in node.attrib
        assert not any(name.startswith("on") for name in node.attrib)
        if "id" in node.attrib:
            assert node.attrib["id"].startswith(ident + "-")
        for name, value in node.attrib.items():
            # The axes are told in full, for scripts; what is drawn is not.
            digits = r"nan|inf" if name in ("data-x", "data-y") else r"\d\.\d{3}|nan|inf"
            assert not re.search(digits, value), value
    return root


def of_class(root, name):
    return [node for node in root.iter() if name in node.get("class", "").split()]


X, Y = [1.0, 2.0, 3.0, 4.0], [1.0, 4.0, 9.0, 16.0]


def test_structure():
    root = parsed(plot(), [Layer("a", X, Y), Layer("a", X, Y, "live"), Layer("a", X, Y, "ghost")])
    assert root.get("role") == "img" and root.get("viewBox") == "0 0 640 360"
    named = {root.find(SVG + tag).get("id") for tag in ("title", "desc")}
    assert set(root.get("aria-labelledby").split()) == named
    assert root.find(SVG + "title").text == "A <b>&amp; title"
    for name in "cb-frame cb-grid cb-tick cb-label cb-legend cb-asserted cb-live cb-ghost".split():
        assert of_class(root, name), name
    drawn = [node.get("class") for node in root.iter() if node.get("class", "").count("cb-series")]
    assert drawn[-3:] == [f"cb-series cb-s1 cb-{role}" for role in ("ghost", "asserted", "live")]


def test_the_same_data_give_the_same_bytes():
    layers = [Layer("a", [i / 7 for i in range(50)], [math.sin(i) for i in range(50)])]
    assert draw(plot(), layers, ident="i") == draw(plot(), layers, ident="i")


@pytest.mark.parametrize("mark", ["line", "points", "bars", "steps"])
def test_marks(mark):
    root = parsed(plot(mark), [Layer("a", X, Y)])
    count = {name: len(of_class(root, name)) for name in ("cb-line", "cb-point", "cb-bar")}
    assert (
        count
        == {
            "line": {"cb-line": 1, "cb-point": 4, "cb-bar": 0},
            "points": {"cb-line": 0, "cb-point": 4, "cb-bar": 0},
            "bars": {"cb-line": 0, "cb-point": 0, "cb-bar": 4},
            "steps": {"cb-line": 1, "cb-point": 0, "cb-bar": 0},
        }[mark]
    )
    path = [node.get("d") for node in of_class(root, "cb-line")]
    if mark == "steps":
        assert path[0].count("H") == path[0].count("V") == 3


def test_a_long_line_is_drawn_by_the_points_that_can_be_seen():
    x = [i / 10 for i in range(1001)]
    layer = Layer("a", x, [math.exp(-a / 9) * math.sin(a / 5) for a in x])
    whole = {layer.x.index(a): b for a, b in zip(layer.x, layer.y, strict=True)}
    root = parsed(plot(), [layer])
    path = of_class(root, "cb-line")[0].get("d")
    points = [tuple(map(float, pair.split(","))) for pair in re.split("[ML]", path)[1:]]
    assert len(points) < 120 and points[0][0] < points[-1][0]
    _, low, high, start, end = root.get("data-x").split()
    up = [float(part) for part in root.get("data-y").split()[1:]]
    for index, value in whole.items():
        at = float(start) + (x[index] - float(low)) / (float(high) - float(low)) * (
            float(end) - float(start)
        )
        wanted = up[2] + (value - up[0]) / (up[1] - up[0]) * (up[3] - up[2])
        after = next(i for i, point in enumerate(points) if point[0] >= at - 0.05)
        (x1, y1), (x2, y2) = points[max(0, after - 1)], points[after]
        drawn = y1 if x2 == x1 else y1 + (y2 - y1) * (at - x1) / (x2 - x1)
        steep = abs(y2 - y1) / max(x2 - x1, 0.1)
        assert abs(drawn - wanted) < 0.2 + 0.05 * steep, (at, drawn, wanted)


@pytest.mark.parametrize("back", [[1, 1, 1, 2], [3, 2, 1, 2], [1, 2, 1, 2]])
def test_a_line_that_turns_back_keeps_every_turn(back):
    path = of_class(parsed(plot(), [Layer("a", back, Y)]), "cb-line")[0].get("d")
    assert path.count("L") == 3


def test_what_is_not_finite_breaks_the_line():
    root = parsed(plot(), [Layer("a", [1, 2, 3, 4, 5], [1, 2, NAN, 4, None])])
    path = of_class(root, "cb-line")[0].get("d")
    assert path.count("M") == 2 and path.endswith("h0")
    assert "2 have no place on the axes" in root.find(SVG + "desc").text


def test_what_is_not_positive_has_no_place_on_a_log_axis():
    layers = [Layer("a", [0, 1, 10, 100], [1, 10, -1, 1000])]
    root = parsed(plot(x="log", y="log"), layers)
    assert "2 have no place on a log axis" in root.find(SVG + "desc").text
    assert len(of_class(root, "cb-point")) == 2


@pytest.mark.parametrize("kind", ["linear", "log"])
@pytest.mark.parametrize(
    ("x", "y"),
    [
        ([], []),
        ([1], [5]),
        ([1], [0]),
        ([1, 2], [5, 5]),
        ([1, 2], [NAN, INF]),
        ([1, 2], [1e-300, 1e300]),
        ([1, 2], [-1e308, 1e308]),
        ([1, 2], [1 - 1e-15, 1 + 1e-15]),
        ([1e-12, 1e12], [5e-324, 1]),
        ([-5, -3], [-1e-9, -2e-9]),
        ([1, 1], [2, 3]),
    ],
)
@pytest.mark.parametrize("mark", ["line", "bars"])
def test_odd_data_are_drawn(kind, x, y, mark):
    parsed(plot(mark, kind, kind), [Layer("a", x, y)])
    assert sentence(plot(mark, kind, kind), [Layer("a", x, y)])


def test_without_layers_it_says_so():
    assert "nothing to draw yet" in "".join(parsed(plot(), []).itertext())


def test_a_wide_tolerance_is_drawn_a_thin_one_is_told():
    wide = Layer("a", X, Y, tol_low=[y - 2 for y in Y], tol_high=[y + 2 for y in Y])
    thin = Layer("a", X, Y, tol_low=[y - 1e-6 for y in Y], tol_high=[y + 1e-6 for y in Y])
    assert len(of_class(parsed(plot(), [wide]), "cb-tolerance")) == 1
    assert len(of_class(parsed(plot(), [thin]), "cb-tolerance")) == 0
    assert "may deviate by 10⁻⁶" in sentence(plot(), [thin])


def test_a_spread_band_widens_the_axis_and_breaks_with_its_data():
    layer = Layer("a", X, Y, low=[0, 1, NAN, 2], high=[9, 9, 9, 40])
    root = parsed(plot(), [layer])
    assert "40" in [node.text for node in root.iter(SVG + "text")]
    assert of_class(root, "cb-band")[0].get("d").count("M") == 1


def test_shape_marks():
    marks = (
        Mark("point", 3, 9, text="peak at 3"),
        Mark("range", 1, x2=4, text="does not fall", ok=False),
        Mark("level", 1, 4.0, 4, "above 4"),
        Mark("point", 99, 9e9, text="outside"),
    )
    root = parsed(plot(), [Layer("a", X, Y, "live", shapes=marks)])
    drawn = of_class(root, "cb-shape")
    assert ["".join(node.itertext()) for node in drawn] == ["peak at 3", "does not fall", "above 4"]
    assert len(of_class(root, "cb-broken")) == 1


def test_several_curves_have_colours_and_a_legend_without_markup():
    root = parsed(plot(curves=8), [Layer(i, X, Y) for i in "abcdefgh"])
    assert {f"cb-s{i}" for i in range(1, 7)} <= set(
        " ".join(node.get("class", "") for node in root.iter()).split()
    )
    assert "Curve h & co" in [node.text for node in root.iter(SVG + "text")]


def test_the_sentence_tells_axes_range_and_extremes():
    told = sentence(plot(), [Layer("a", X, Y), Layer("a", X, [1, 9, 3, 2], "live")])
    assert told == (
        "Risk in nats against Width d. "
        "Recorded: 4 points from x = 1 to 4, lowest 1 at x = 1, highest 16 at x = 4. "
        "This run: 4 points from x = 1 to 4, lowest 1 at x = 1, highest 9 at x = 2."
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"), (1, "1"), (0.085, "0.085"), (12000, "12,000"), (3.20215, "3.202"),
        (160.65028, "160.7"), (1e6, "10⁶"), (2.5e-7, "2.5×10⁻⁷"), (-4, "−4"), (99999.99, "100,000"),
        (0.1 + 0.2, "0.3"), (NAN, "not a number"), (-INF, "−∞"), (1e-4, "0.0001"),
    ],
)  # fmt: skip
def test_numbers_are_short(value, text):
    assert format_number(value) == text


@pytest.mark.parametrize("kind", ["linear", "log"])
@pytest.mark.parametrize("rounded", [True, False])
def test_ticks_are_few_round_and_inside(kind, rounded):
    for k in range(-12, 13, 3):
        for factor in (1.001, 1.7, 3, 9, 40, 1e3, 1e7, 1e15):
            low = 1.3 * 10.0**k
            axis = scale([low, low * factor], kind, 0, 100, rounded=rounded)
            values = [value for value, _ in axis.ticks]
            texts = [text for _, text in axis.ticks]
            assert 2 <= len(values) <= MOST_TICKS, (kind, low, factor, values)
            assert len(set(texts)) == len(texts), texts
            assert all(-0.01 <= axis.place(value) <= 100.01 for value in values)


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("Width $d$", "Width d"),
        (r"$\|\hat w\|^2$ of *the* fit", "‖ŵ‖² of the fit"),
        (r"$\lambda_{12}$, $10^{-3}$, $x^{ab}$", "λ₁₂, 10⁻³, x^ab"),
        ("a < b & c", "a < b & c"),
    ],
)
def test_labels_become_plain_text(label, text):
    import unicodedata

    assert unicodedata.normalize("NFC", plain(label)) == text
