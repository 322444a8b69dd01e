"""Compiles the standard library, numpy and the kit for the Python in which this runs: Pyodide's.

Being part of the maker it runs inside Pyodide, so that neither the host's Python nor its zlib
have any say in the bytes.
"""

import ast
import gzip
import importlib.util
import io
import marshal
import zipfile

STDLIB = "/lib/python313.zip"
EPOCH = (1980, 1, 1, 0, 0, 0)
UNCHECKED_HASH = (0b01).to_bytes(4, "little")
DOCUMENTATION_ONLY = ("numpy/_core/_add_newdocs", "numpy/_core/_add_newdocs_scalars")
"""Modules that do nothing but hang documentation on compiled functions."""


def compiled(source, name):
    """The .pyc of a module (PEP 552, unchecked hash); its docstrings become empty, not None."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            match node.body:
                case [ast.Expr(ast.Constant(str())) as first, *_]:
                    first.value.value = ""
    if name in DOCUMENTATION_ONLY:
        tree.body = []
    code = compile(tree, f"{STDLIB}/{name}.py", "exec", dont_inherit=True)
    header = importlib.util.MAGIC_NUMBER + UNCHECKED_HASH + importlib.util.source_hash(source)
    return header + marshal.dumps(code)


def modules(archive, wanted):
    """Path without suffix -> .pyc, of every module of a zip; what is no Python 3 is left out."""
    found = {}
    with zipfile.ZipFile(archive) as files:
        for path in files.namelist():
            name, _, suffix = path.rpartition(".")
            if suffix == "py" and wanted(path):
                try:
                    found[name] = compiled(files.read(path), name)
                except SyntaxError:
                    continue
    return found


def is_library_code(path):
    return not path.startswith("site-packages/") and "/tests/" not in path


def members(archive, suffix):
    """Path -> bytes of the zip's files with that suffix, sorted."""
    with zipfile.ZipFile(archive) as files:
        return {
            path: files.read(path) for path in sorted(files.namelist()) if path.endswith(suffix)
        }


def dotted(name):
    """The import name of a path without suffix."""
    return name.removesuffix("/__init__").replace("/", ".")


def archive(contents, level=9):
    """A zip that is a function of its contents."""
    buffer = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if level else zipfile.ZIP_STORED
    with zipfile.ZipFile(buffer, "w", method, compresslevel=level) as files:
        for path in sorted(contents):
            entry = zipfile.ZipInfo(path, EPOCH)
            entry.compress_type = method
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            files.writestr(entry, contents[path], compresslevel=level)
    return buffer.getvalue()


def packed(path):
    """A file under gzip, without a clock."""
    with open(path, "rb") as file:
        return gzip.compress(file.read(), 9, mtime=0)


class Parts:
    """All modules, compiled; then the two zips."""

    def __init__(self, stdlib, numpy, kit, finders):
        self.numpy = numpy
        self.modules = {
            **modules(stdlib, is_library_code),
            **modules(numpy, is_library_code),
            **modules(kit, is_library_code),
            "conceptbook_runtime": compiled(finders, "conceptbook_runtime"),
        }

    def libraries(self):
        """(path, bytes) of the compiled libraries, in the order in which they are loaded."""
        return list(members(self.numpy, ".so").items())

    def licence(self):
        return members(self.numpy, ".dist-info/LICENSE.txt")

    def whole(self):
        """Everything in one zip, uncompressed, to trace what a boot imports."""
        return archive(self._files(self.modules, rest=()), level=0)

    def first(self, imported):
        """The zip of what is needed first; it knows the names of what it lacks.

        Uncompressed: it travels under gzip as a whole, which is smaller and opened faster.
        """
        needed, rest = self._split(imported)
        return archive(self._files(needed, rest=rest), level=0)

    def rest(self, imported):
        """The zip of what few programs need."""
        _, rest = self._split(imported)
        files = {f"{name}.pyc": self.modules[name] for name in rest}
        return archive({**files, **self.licence()})

    def _split(self, imported):
        needed = {name for name in self.modules if dotted(name) in imported}
        return sorted(needed), sorted(set(self.modules) - needed)

    def _files(self, names, rest):
        listing = f"NAMES = frozenset({sorted(map(dotted, rest))!r})\n".encode()
        files = {f"{name}.pyc": self.modules[name] for name in names}
        return {**files, "conceptbook_rest.pyc": compiled(listing, "conceptbook_rest")}
