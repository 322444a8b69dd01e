"""Where the prepared runtime finds what its zip of modules lacks; runs inside Pyodide only.

Compiled libraries cannot be imported from a zip: they are loaded by path before Python starts.
Modules that few programs import lie in a second zip, which is fetched when one is asked for.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import sys
import zipimport

REST = "/lib/conceptbook-rest.zip"


class Libraries(importlib.abc.MetaPathFinder):
    """Finds the compiled modules of numpy: dotted name -> path of the loaded library."""

    def __init__(self, paths):
        self.paths = paths

    def find_spec(self, name, path=None, target=None):
        file = self.paths.get(name)
        if file is None:
            return None
        loader = importlib.machinery.ExtensionFileLoader(name, file)
        return importlib.util.spec_from_file_location(name, file, loader=loader)


class Rest(importlib.abc.MetaPathFinder):
    """Fetches the second zip at the first import of one of its modules."""

    def __init__(self, names):
        self.names = names
        self.fetch = None
        self.sha256 = None
        self.here = False

    def find_spec(self, name, path=None, target=None):
        if name not in self.names or not self._obtain():
            return None
        folder, _, _ = name.rpartition(".")
        root = f"{REST}/{folder.replace('.', '/')}" if folder else REST
        return zipimport.zipimporter(root).find_spec(name)

    def _obtain(self):
        if not self.here and self.fetch is not None:
            import hashlib

            data = self.fetch().to_bytes()
            if hashlib.sha256(data).hexdigest() != self.sha256:
                raise ImportError("rest.zip is not the file this site was built with")
            with open(REST, "wb") as file:
                file.write(data)
            self.here = True
        return self.here


def install(libraries):
    """Put both finders behind Python's own; `libraries` maps dotted names to paths."""
    import conceptbook_rest

    after = sys.meta_path.index(importlib.machinery.PathFinder) + 1
    sys.meta_path[after:after] = [Libraries(libraries), Rest(conceptbook_rest.NAMES)]


def reach(fetch, sha256):
    """How the second zip is fetched: `fetch()` gives a Uint8Array, `sha256` is theirs in hex."""
    for finder in sys.meta_path:
        if isinstance(finder, Rest):
            finder.fetch, finder.sha256 = fetch, sha256


def rest():
    """Close the file of the modules: a memory snapshot knows no files."""
    for finder in sys.meta_path:
        if hasattr(finder, "places"):
            finder.rest()


def reseed():
    """New random states: those of a memory snapshot are the same for every reader."""
    import random

    import numpy

    random.seed()
    numpy.random.seed()
