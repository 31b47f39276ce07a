"""After freezing, nothing in a library names the computer it was made on, and each can still be loaded."""

import _ctypes  # noqa: F401  # a library of Python's own
import sys
from pathlib import Path

import pytest

from installer import libraries


@pytest.mark.parametrize(
    ("path", "other"),
    [
        (b"/root/.pyenv/versions/3.11.7", b"/nowhere//////////////3.11.7"),
        (b"/opt/python", b"/now/python"),
        (b"/opt", b"/opt"),
    ],
)
def test_a_path_is_overwritten_by_one_as_long_with_the_same_last_name(path: bytes, other: bytes) -> None:
    assert other == libraries.elsewhere(path)
    assert len(path) == len(other)


def test_a_library_loses_the_path_of_its_python(tmp_path: Path) -> None:
    inside = tmp_path / "_internal" / "some.libs"  # a folder whose libraries stay as long as they are
    inside.mkdir(parents=True)
    library, note = inside / "a.so", inside / "a.txt"
    source = Path(sys.modules["_ctypes"].__file__ or "").read_bytes()
    library.write_bytes(source + sys.prefix.encode())
    note.write_text(f"{sys.prefix}/lib")

    libraries.lighten(tmp_path)

    assert len(source) + len(sys.prefix) == library.stat().st_size
    assert sys.prefix.encode() not in library.read_bytes()
    assert f"{sys.prefix}/lib" == note.read_text()
