"""Nothing shifts under the reader's eyes as a page loads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

MOST = 0.01
"""Of Cumulative Layout Shift, where 0.1 counts as good; a line that breaks anew is above it."""
WATCH = """
globalThis.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput, sources } of list.getEntries()) {
    const what = sources.map(({ node }) => node?.outerHTML?.slice(0, 90) ?? node?.textContent);
    if (!hadRecentInput) globalThis.shifts.push({ value, what });
  }
}).observe({ type: "layout-shift", buffered: true });
"""
PAGES = ["scaling/double-descent/", "audits/training-dynamics-article/", "claims/", "search/"]

Readers = Callable[..., Any]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", PAGES, ids=str)
def test_nothing_shifts_as_a_page_loads(reader: Readers, width: int, path: str) -> None:
    opened = reader(viewport={"width": width, "height": 800})
    opened.page.add_init_script(WATCH)
    page = opened.open(path)
    page.wait_for_load_state("networkidle")
    shifts = page.evaluate("globalThis.shifts")
    assert sum(shift["value"] for shift in shifts) < MOST, shifts
