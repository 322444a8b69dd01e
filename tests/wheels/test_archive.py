import hashlib
import zipfile
from pathlib import Path

import pytest
from conceptbook.wheels.archive import CompiledCode, NoWheel, read_wheel


def read(path: Path, name: str | None = None):
    data = path.read_bytes()
    return read_wheel(path, name or path.name, data, hashlib.sha256(data).hexdigest())


@pytest.fixture
def written(tmp_path):
    """Writes a zip as if it were a wheel."""

    def write(members: dict[str, str], name: str = "x-1.0-py3-none-any.whl") -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w") as archive:
            for member, text in members.items():
                archive.writestr(member, text)
        return path

    return write


METADATA = {"x-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: x\nVersion: 1.0\n"}
MODULE = {"x.py": "", **METADATA}


def test_a_wheel_says_what_it_brings_and_needs(make_wheel):
    needs = ("numpy>=1.20", 'colorama; sys_platform == "win32"', "Other.Thing>=2,<3")
    modules = {"tiny_tools/__init__.py": "", "lone.py": "", "space/deep/a.py": ""}
    wheel = read(make_wheel("tiny-tools", modules, needs=needs))
    assert (wheel.name, wheel.version) == ("tiny-tools", "1.0")
    assert wheel.imports == {"tiny_tools", "lone", "space"}
    assert [str(need) for need in wheel.needs] == ["numpy>=1.20", "other-thing<3,>=2"]
    assert wheel.needs[1].admits("2.5") and not wheel.needs[1].admits("3.0")


def test_what_an_extra_needs_is_no_need(written):
    text = METADATA["x-1.0.dist-info/METADATA"] + 'Requires-Dist: y; extra == "more"\n'
    assert read(written({"x.py": "", "x-1.0.dist-info/METADATA": text})).needs == ()


@pytest.mark.parametrize(
    "name", ["x-1.0-cp311-cp311-manylinux_2_17_x86_64.whl", "x-1.0-py3-none-win_amd64.whl"]
)
def test_a_wheel_for_one_system_is_compiled(written, name):
    with pytest.raises(CompiledCode, match="built for"):
        read(written(MODULE, name))


@pytest.mark.parametrize("member", ["x/_fast.so", "x/_fast.pyd", "x.libs/libm.dylib"])
def test_compiled_code_under_a_pure_name_is_found(written, member):
    with pytest.raises(CompiledCode, match=f"it holds compiled code: {member}"):
        read(written({**MODULE, member: ""}))


@pytest.mark.parametrize(
    ("members", "name", "why"),
    [
        (MODULE, "x.whl", "no wheel's name"),
        (MODULE, "x-1.0-py2-none-any.whl", "not for Python 3"),
        ({"x.py": ""}, "x-1.0-py3-none-any.whl", "no METADATA"),
        (METADATA, "x-1.0-py3-none-any.whl", "no Python module"),
    ],
)
def test_what_is_no_wheel_is_told(written, members, name, why):
    with pytest.raises(NoWheel, match=why):
        read(written(members, name))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Requires-Python: <3.10", "it needs Python <3.10; the browser's is 3.13"),
        ("Requires-Python: later", "cannot be read"),
        ("Requires-Dist: ~~~", "cannot be read"),
    ],
)
def test_metadata_that_does_not_fit_is_told(written, line, why):
    text = f"{METADATA['x-1.0.dist-info/METADATA']}{line}\n"
    with pytest.raises(NoWheel, match=why):
        read(written({"x.py": "", "x-1.0.dist-info/METADATA": text}))


def test_bytes_that_are_no_zip_are_told(tmp_path):
    path = tmp_path / "x-1.0-py3-none-any.whl"
    path.write_bytes(b"PK\x03\x04 nothing of the kind")
    with pytest.raises(NoWheel, match="it is no zip archive"):
        read(path)
