"""The notebook's history in git: other revisions, and who committed which line."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..diagnostics import EnvironmentLacks
from ..load import LoadedNotebook, load
from ..model.people import InlinePerson, Person

KEPT = ("notebook.yaml", "content", "claims")


class UnknownRevision(Exception):
    """git knows no such revision, or it holds no notebook; the message says which."""


@dataclass(frozen=True)
class Committer:
    """Who a line's commit says that its author is."""

    name: str
    email: str
    commit: str


@dataclass(frozen=True)
class History:
    """The repository around a notebook."""

    top: Path
    """The repository's root: git is run there, since elsewhere it narrows paths."""
    prefix: str
    """From the repository's root to the notebook's: "" or "docs/notebook/"."""

    @classmethod
    def of(cls, root: Path) -> History:
        """Raises EnvironmentLacks where there is no git, or no repository around the notebook."""
        if shutil.which("git") is None:
            raise EnvironmentLacks("git is not installed, and this needs the notebook's history")
        asked = _git(root, "rev-parse", "--show-toplevel", "--show-prefix")
        if asked.returncode:
            raise EnvironmentLacks(
                f"{root} is in no git repository, and this needs the notebook's history; "
                "run `git init` and commit the notebook"
            )
        top, prefix = asked.stdout.decode().splitlines()
        return cls(Path(top), prefix)

    def commit(self, revision: str) -> str:
        """The full name of a commit. Raises UnknownRevision."""
        wanted = f"{revision}^{{commit}}"
        asked = _git(self.top, "rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
        if asked.returncode:
            shallow = _git(self.top, "rev-parse", "--is-shallow-repository").stdout.strip()
            hint = ": this clone is shallow, `git fetch --unshallow` gets the rest of the history"
            raise UnknownRevision(
                f'git knows no revision "{revision}"{hint if shallow == b"true" else ""}'
            )
        return asked.stdout.decode().strip()

    @contextmanager
    def notebook(self, revision: str) -> Iterator[LoadedNotebook]:
        """The notebook as it was, read from a scratch folder. Raises UnknownRevision."""
        commit = self.commit(revision)
        tree = f"{commit}:{self.prefix.rstrip('/')}"
        listed = _git(self.top, "ls-tree", "--name-only", "-z", tree)
        names = [name for name in KEPT if name in listed.stdout.decode().split("\0")]
        if "notebook.yaml" not in names:
            raise UnknownRevision(f'there is no notebook in the revision "{revision}"')
        archive = _git(self.top, "archive", "--format=tar", tree, "--", *names)
        if archive.returncode:
            raise UnknownRevision(archive.stderr.decode(errors="replace").strip())
        with tempfile.TemporaryDirectory(prefix="conceptbook-") as folder:
            with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
                tar.extractall(folder, filter=_inside)
            notebook, _ = load(Path(folder))
            if notebook is None:
                raise UnknownRevision(f'the notebook of "{revision}" cannot be read')
            yield notebook

    def commits(self, *paths: str) -> list[str]:
        """Commits that touched these paths, the newest first."""
        below = [self.prefix + path for path in paths]
        asked = _git(self.top, "log", "--format=%H", "--", *below)
        return asked.stdout.decode().split()

    def committer(self, path: str, line: int) -> Committer | None:
        """The author of the commit that a line comes from; None where it is not committed."""
        where = f"{line},{line}"
        below = self.prefix + path
        asked = _git(self.top, "blame", "--porcelain", "-L", where, "--", below)
        if asked.returncode:
            return None
        lines = asked.stdout.decode(errors="replace").splitlines()
        fields = dict(row.split(" ", 1) for row in lines[1:] if " " in row and row[0] != "\t")
        commit = lines[0].split(" ")[0]
        if not commit.strip("0"):
            return None
        mail = fields.get("author-mail", "").strip("<>")
        return Committer(fields.get("author", ""), mail, commit)

    def user(self) -> Committer | None:
        """Who git would say commits now."""
        name = _git(self.top, "config", "user.name").stdout.decode().strip()
        mail = _git(self.top, "config", "user.email").stdout.decode().strip()
        return Committer(name, mail, "") if name or mail else None


def is_person(person: Person | InlinePerson, committer: Committer) -> bool:
    """By name, e-mail address, or the account in GitHub's no-reply address."""
    account = re.fullmatch(r"(?:\d+\+)?([^@]+)@users\.noreply\.github\.com", committer.email, re.I)
    pairs = [
        (person.name, committer.name),
        (person.github, committer.name),
        (person.github, account[1] if account else None),
        (getattr(person, "email", None), committer.email),
    ]
    return any(a and b and a.casefold() == b.casefold() for a, b in pairs)


def _inside(member: tarfile.TarInfo, folder: str) -> tarfile.TarInfo | None:
    """What stays in the folder; a link that leads out of it is no part of a notebook."""
    try:
        return tarfile.data_filter(member, folder)
    except tarfile.FilterError:
        return None


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)
