"""What the shell's Tab offers for an argument: names of folders and files, none of them read."""

from __future__ import annotations

from pathlib import Path

import click


def concepts(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Ids of concepts that are not on the line yet."""
    given = ctx.params.get(param.name or "") or ()
    return [name for name in _below(ctx, "content/*/*/concept.yaml", incomplete, 1, 3)
            if name not in given]  # fmt: skip


def claims(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Ids of claims."""
    return _below(ctx, "claims/*/*/*.yaml", incomplete, 1, 4)


def _below(ctx: click.Context, glob: str, incomplete: str, first: int, last: int) -> list[str]:
    start = Path(ctx.find_root().params.get("directory") or ".").resolve()
    home = next((f for f in (start, *start.parents) if (f / "notebook.yaml").is_file()), None)
    if home is None:
        return []
    found = (path.relative_to(home).with_suffix("").parts for path in home.glob(glob))
    names = sorted("/".join(parts[first:last]) for parts in found)
    return [name for name in names if name.startswith(incomplete)]
