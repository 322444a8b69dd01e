"""Pictures for link previews: a concept's title beside its first recorded curve, as PNG."""

from __future__ import annotations

import importlib.util
import io
import json
import tempfile
import textwrap
from importlib.metadata import version
from pathlib import Path

from markupsafe import escape

from ..assets import Theme
from ..assets.cache import remembered
from ..load import LoadedConcept
from .resolver import Shown
from .views.plot import thumbnail

CACHE = Path(".conceptbook") / "cache" / "previews"
WIDTH, HEIGHT = 1200, 630
TITLE_LINE = 15
"""Characters of a title that fit on one line beside the plot."""
BASIC = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("↑→×−–…·⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
FACES = {"heading": 560, "text": 400}
"""Weights of the two faces that a theme names under `preview` in its theme.yaml."""
STYLE = """
text { fill: %(ink)s; }
.cb-plot text { fill: %(plot-text)s; font-family: "Preview text"; stroke: none; }
.cb-plot .cb-tick, .cb-plot .cb-label { font-size: 15px; }
.cb-grid line { stroke: %(plot-grid)s; }
.cb-frame line { stroke: %(plot-frame)s; }
.cb-tolerance, .cb-band, .cb-shape { display: none; }
.cb-line { fill: none; stroke-width: 3; stroke-linejoin: round; stroke-linecap: round; }
.heading { font-family: "Preview heading"; font-size: 60px; }
.name { font-family: "Preview text"; font-size: 27px; fill: %(ink-soft)s; }
"""
SERIES = (
    "line.cb-s%(n)d, path.cb-s%(n)d, .cb-s%(n)d .cb-line { stroke: %(colour)s; }"
    " .cb-s%(n)d .cb-point, .cb-s%(n)d .cb-bar { fill: %(colour)s; }\n"
)


def available(theme: Theme) -> bool:
    """The rasteriser is installed, and the theme says in which type to set the words."""
    return bool(theme.preview) and importlib.util.find_spec("resvg_py") is not None


class Previews:
    """Makes the pictures of one site; each is kept by the hash of all that it is made of."""

    def __init__(self, shown: Shown, theme: Theme) -> None:
        self.shown, self.theme = shown, theme
        self.cache = shown.notebook.root / CACHE
        self.colours = {
            name.removeprefix("--"): value.strip()
            for name, value in theme.defined.items()
            if value.strip().startswith("#")
        }
        self.fonts = [self._font(face, _characters(shown)) for face in FACES]

    def png(self, concept: LoadedConcept) -> bytes | None:
        """None for a concept without a recorded curve."""
        plot = next((p for w in concept.witnesses.values() if (p := thumbnail(w))), None)
        if plot is None:
            return None
        svg = self._svg(concept.record.title, plot)
        fonts = self.fonts
        inputs = [svg.encode(), *fonts, version("resvg_py").encode()]
        return remembered(self.cache, inputs, ".png", lambda: _rasterised(svg, fonts))

    def _svg(self, title: str, plot: str) -> str:
        lines = textwrap.wrap(title, TITLE_LINE, max_lines=5, placeholder=" …")
        top = HEIGHT / 2 - 68 * (len(lines) - 1) / 2 + 20
        text = "".join(
            f'<tspan x="72" y="{top + 68 * index:g}">{escape(line)}</tspan>'
            for index, line in enumerate(lines)
        )
        drawn = str(plot).replace("<svg ", '<svg x="530" y="134" width="630" height="354" ', 1)
        name = escape(self.shown.notebook.settings.title)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">'
            f"<style>{self._style()}</style>"
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{self.colours["paper"]}"/>'
            f'<rect width="{WIDTH}" height="10" fill="{self.colours["accent"]}"/>'
            f'<text class="name" x="72" y="88">{name}</text>'
            f'<text class="heading">{text}</text>{drawn}</svg>'
        )

    def _style(self) -> str:
        series = "".join(
            SERIES % {"n": n, "colour": self.colours[f"plot-{n}"]} for n in range(1, 7)
        )
        return STYLE % self.colours + series

    def _font(self, face: str, shown: str) -> bytes:
        source = self.theme.static[self.theme.preview[face]].read_bytes()
        inputs = [source, face.encode(), shown.encode(), version("fonttools").encode()]
        return remembered(self.cache, inputs, ".ttf", lambda: _cut(source, face, shown))


def _characters(shown: Shown) -> str:
    """What the pictures may show, so that one cut of a font serves them all."""
    texts = [shown.notebook.settings.title]
    for concept in shown.concepts.values():
        texts.append(concept.record.title)
        for witness in concept.witnesses.values():
            if witness.declaration is not None:
                texts.append(json.dumps(witness.declaration.to_json(), ensure_ascii=False))
    return "".join(sorted(BASIC | {character for text in texts for character in text}))


def _cut(font: bytes, face: str, shown: str) -> bytes:
    """A static TrueType font of these characters, named after its face."""
    # fontTools costs a quarter of a second, which a build that finds its pictures need not pay.
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    cut = TTFont(io.BytesIO(font), recalcTimestamp=False)
    cutter = subset.Subsetter(subset.Options(hinting=False, recalc_timestamp=False))
    cutter.populate(unicodes=sorted(map(ord, shown)))
    cutter.subset(cut)
    if "fvar" in cut:
        axes = {axis.axisTag: axis.defaultValue for axis in cut["fvar"].axes}
        instancer.instantiateVariableFont(cut, axes | {"wght": FACES[face]}, inplace=True)
    for record in cut["name"].names:
        if record.nameID in (1, 16):
            record.string = f"Preview {face}"
    cut.flavor = None
    out = io.BytesIO()
    cut.save(out)
    return out.getvalue()


def _rasterised(svg: str, fonts: list[bytes]) -> bytes:
    import resvg_py

    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for index, font in enumerate(fonts):
            path = Path(folder) / f"{index}.ttf"
            path.write_bytes(font)
            paths.append(str(path))
        return bytes(
            resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=paths)
        )
