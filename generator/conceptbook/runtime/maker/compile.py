"""Compiles the standard library, numpy and the kit for the Python in which this runs: Pyodide's.

Being part of the maker it runs inside Pyodide, so that neither the host's Python nor its zlib
have any say in the bytes.
"""

import _sre
import ast
import gzip
import importlib.util
import io
import marshal
import zipfile
from ast import literal_eval
from re import _compiler

STDLIB = "/lib/python313.zip"
EPOCH = (1980, 1, 1, 0, 0, 0)
UNCHECKED_HASH = (0b01).to_bytes(4, "little")
EARLY = frozenset({"encodings", "encodings.aliases", "encodings.utf_8"})
"""Modules that Python imports before sitecustomize; the others of these are frozen."""
HEADER = 16
"""Bytes of a .pyc before its code."""
KNOWING = {
    "collections/__init__": "from conceptbook_known import value as eval",
    "dataclasses": "from conceptbook_known import run as exec",
    "re/_compiler": "import conceptbook_known\ncompile = conceptbook_known.patterns(compile, _sre)",
}
"""What these modules get at their end: they ask conceptbook_known first."""
DOCUMENTATION_ONLY = ("numpy/_core/_add_newdocs", "numpy/_core/_add_newdocs_scalars")
"""Modules that do nothing but hang documentation on compiled functions."""


def compiled(source, name):
    """The .pyc of a module (PEP 552, unchecked hash); its docstrings become empty, not None.

    That of a class becomes a dash: where it is empty, dataclasses reckons out another.
    """
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            match node.body:
                case [ast.Expr(ast.Constant(str())) as first, *_]:
                    first.value.value = "-" if isinstance(node, ast.ClassDef) else ""
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
                    more = f"\n{KNOWING[name]}\n" if name in KNOWING else ""
                    found[name] = compiled(files.read(path) + more.encode(), name)
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


def worked_out(texts, patterns):
    """What conceptbook_known gets behind its text, from what was asked of it."""
    codes = {
        (text, mode): compile(text, "<string>", mode, dont_inherit=True)
        for text, mode in sorted(texts)
    }
    found = {key: arguments(*key) for key in sorted(patterns, key=repr)}
    return f"\nlearn({marshal.dumps(codes)!r}, {marshal.dumps(found)!r})\n"


def arguments(pattern, flags):
    """What `_sre.compile` is called with for this pattern, beside the pattern."""
    heard = []

    class Ear:
        def __getattr__(self, name):
            return getattr(_sre, name)

        def compile(self, pattern, flags, code, *groups):
            heard.extend((int(flags), list(map(int, code)), *groups))

    _compiler._sre = Ear()
    try:
        _compiler.compile(pattern, flags)
    finally:
        _compiler._sre = _sre
    return tuple(heard)


class Parts:
    """All modules, compiled, in two files. `own` are the runtime's own modules, as text."""

    def __init__(self, stdlib, numpy, kit, own):
        self.numpy = numpy
        self.own = own
        self.modules = {
            **modules(stdlib, is_library_code),
            **modules(numpy, is_library_code),
            **modules(kit, is_library_code),
            "conceptbook_runtime": compiled(
                own["conceptbook_runtime"].encode(), "conceptbook_runtime"
            ),
        }

    def libraries(self):
        """(path, bytes) of the compiled libraries, in the order in which they are loaded."""
        return list(members(self.numpy, ".so").items())

    def licence(self):
        return members(self.numpy, ".dist-info/LICENSE.txt")

    def whole(self):
        """Everything in one zip, uncompressed, to trace what a boot imports."""
        files = {f"{name}.pyc": code for name, code in self.modules.items()}
        asking = self.own["conceptbook_known"] + "\n" + self.own["asking"]
        files["conceptbook_known.pyc"] = compiled(asking.encode(), "conceptbook_known")
        return archive({**files, "conceptbook_rest.pyc": self._listing(())}, level=0)

    def first(self, imported, texts, patterns):
        """What is needed first: the code of modules, then a zip of those that Python starts with.

        Uncompressed: it travels under gzip as a whole, which is smaller and opened faster.
        """
        needed, rest = self._split(imported)
        late = {name: self.modules[name] for name in needed if dotted(name) not in EARLY}
        late["conceptbook_rest"] = self._listing(rest)
        known = worked_out(literal_eval(texts), literal_eval(patterns))
        known = self.own["conceptbook_known"] + known
        late["conceptbook_known"] = compiled(known.encode(), "conceptbook_known")
        places, codes, end = {}, [], 0
        for name in sorted(late):
            code = late[name][HEADER:]
            places[dotted(name)] = (name.endswith("/__init__"), end, end := end + len(code))
            codes.append(code)
        early = {f"{name}.pyc": self.modules[name] for name in needed if dotted(name) in EARLY}
        early["sitecustomize.pyc"] = compiled(self.own["sitecustomize"].encode(), "sitecustomize")
        early["places"] = marshal.dumps(places)
        return b"".join(codes) + archive(early, level=0)

    def rest(self, imported):
        """The zip of what few programs need."""
        _, rest = self._split(imported)
        files = {f"{name}.pyc": self.modules[name] for name in rest}
        return archive({**files, **self.licence()})

    def _split(self, imported):
        needed = {name for name in self.modules if dotted(name) in imported}
        return sorted(needed), sorted(set(self.modules) - needed)

    def _listing(self, rest):
        listing = f"NAMES = frozenset({sorted(map(dotted, rest))!r})\n".encode()
        return compiled(listing, "conceptbook_rest")
