"""ICU's data loses the folders that Qt never asks for, and ICU finds everything else in it as before."""

import ctypes
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

from installer import icu

HEADER = struct.pack("<HBBHHBBBB4s", 32, 0xDA, 0x27, 20, 0, 0, 0, 2, 0, b"CmnD") + bytes(16)
ITEMS = [("icudt73l/af.res", b"a" * 5), ("icudt73l/brkitr/af.res", b"b" * 40), ("icudt73l/coll/ucadata.icu", b"c" * 32)]

COMPARE = """
import ctypes, sys
data, i18n = (ctypes.CDLL(path, ctypes.RTLD_GLOBAL) for path in sys.argv[1:])
error = ctypes.c_int(0)
opened = i18n.ucol_open_73
opened.restype = ctypes.c_void_p
collator = ctypes.c_void_p(opened(b"sv", ctypes.byref(error)))
def compared(one, other):
    texts = [text.encode("utf-16-le") for text in (one, other)]
    return i18n.ucol_strcoll_73(collator, texts[0], len(texts[0]) // 2, texts[1], len(texts[1]) // 2)
print(error.value <= 0, compared("z", "\\u00e4"), compared("a", "\\u00e4"), compared("b", "a"))
"""


def test_items_come_back_as_they_were_written() -> None:
    header, items = icu.read(b"before" + bytes(10) + icu.written(HEADER, ITEMS))
    assert (HEADER, ["a" * 5, "b" * 40, "c" * 32]) == (header, [data.rstrip(b"\0").decode() for _name, data in items])
    assert [name for name, _data in ITEMS] == [name for name, _data in items]


def test_another_file_is_no_data_of_icu() -> None:
    with pytest.raises(ValueError, match="ICU"):
        icu.read(b"\x7fELF" + bytes(100))


@pytest.fixture(scope="module")
def trimmed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that came with Qt, trimmed."""
    (original,) = Path(PySide6.__file__).parent.glob("Qt/lib/libicudata.so.*")
    library = tmp_path_factory.mktemp("icu") / original.name
    shutil.copyfile(original, library)
    icu.trim(library)
    return library


def test_the_library_is_half_as_large_and_holds_what_is_asked_for(trimmed: Path) -> None:
    (original,) = Path(PySide6.__file__).parent.glob("Qt/lib/libicudata.so.*")
    before, after = (dict(icu.read(path.read_bytes())[1]) for path in (original, trimmed))
    assert original.stat().st_size / 2 > trimmed.stat().st_size
    assert {name for name in before if name.split("/")[1] not in icu.NEVER_ASKED} == after.keys()
    last = list(after)[-1]  # of which where it ends is not told
    assert [] == [name for name in after if name != last and not after[name].startswith(before[name].rstrip(b"\0"))]


def test_icu_compares_by_it_as_the_language_wants(trimmed: Path) -> None:
    name = trimmed.name.removeprefix("libicudata.so.")
    (other,) = Path(PySide6.__file__).parent.glob(f"Qt/lib/libicui18n.so.{name}")
    code = COMPARE.replace("_73", f"_{name}")
    done = subprocess.run([sys.executable, "-c", code, str(trimmed), str(other)], capture_output=True, text=True)
    assert "True -1 -1 1" == done.stdout.strip()  # in Swedish, ä comes after z


def test_the_symbol_keeps_its_name(trimmed: Path) -> None:
    version = trimmed.name.removeprefix("libicudata.so.")
    assert ctypes.CDLL(str(trimmed))[f"icudt{version}_dat"]
