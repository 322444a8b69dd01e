"""Links that open a new issue of the notebook's repository, its form filled in."""

from __future__ import annotations

from urllib.parse import quote, urlencode

CHALLENGE = "challenge-claim.yml"
SOURCE = "broken-source.yml"
CLAIM = "new-claim.yml"
"""Forms that `conceptbook new notebook` lays down in .github/ISSUE_TEMPLATE/;
GitHub fills in the fields by their ids."""


def new_issue(repository: str | None, form: str, title: str, **fields: str) -> str | None:
    """None without a repository."""
    if repository is None:
        return None
    asked = urlencode({"template": form, "title": title, **fields}, quote_via=quote)
    return f"{repository.rstrip('/')}/issues/new?{asked}"
