import json
from pathlib import Path

import pytest
from conceptbook.load import load

CODE = """\
n = 3
x = list(range(1, n + 1))
y = [2.0 * v for v in x]
print("done")
assert y[0] == 2
"""
CONCEPT = {
    "title": "Doubling",
    "summary": "Twice as much.",
    "witnesses": [
        {
            "controls": [{"name": "n", "min": 2, "max": 9, "step": 1}],
            "plots": [
                {
                    "id": "plot",
                    "title": "Plot",
                    "x": {"label": "x"},
                    "y": {"label": "y"},
                    "curves": [{"id": "line", "x": "x", "y": "y", "shapes": [{"increasing": {}}]}],
                }
            ],
        }
    ],
}
CSV = "x,y\n1.0,2.0\n2.0,4.0\n3.0,6.0\n"


@pytest.fixture
def notebook(tmp_path):
    """Writes a notebook of one concept and loads it."""

    def make(code=CODE, concept=None, **csvs):
        folder = tmp_path / "notebook" / "content" / "demo" / "doubling"
        (folder / "curves").mkdir(parents=True, exist_ok=True)
        root = tmp_path / "notebook"
        settings = {
            "conceptbook": 1,
            "title": "Demo",
            "domains": [{"id": "demo", "title": "Demo"}],
            "limits": {"native": {"seconds": 5, "memory_mb": 512}},
        }
        # JSON is YAML.
        (root / "notebook.yaml").write_text(json.dumps(settings))
        (folder / "concept.yaml").write_text(json.dumps(CONCEPT | (concept or {})))
        (folder / "witness.py").write_text(code)
        for name, text in (csvs or {"line": CSV}).items():
            (folder / "curves" / f"{name}.csv").write_text(text)
        loaded, report = load(Path(root))
        assert loaded is not None, list(report)
        return loaded

    return make
