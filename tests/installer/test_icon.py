"""The icon of Windows and macOS is the one drawing, in every size their shells ask for."""

import struct
from pathlib import Path

from PySide6.QtGui import QImage

from installer import icon


def picture(png: bytes) -> QImage:
    return QImage.fromData(png, "PNG")


def test_the_drawing_is_drawn_at_any_size() -> None:
    small, large = picture(icon.drawn(16)), picture(icon.drawn(256))
    assert (16, 16, 256) == (small.width(), small.height(), large.width())
    assert ("#3d7064", 0) == (large.pixelColor(40, 128).name(), large.pixelColor(0, 0).alpha())


def test_windows_finds_every_size_in_one_file(tmp_path: Path) -> None:
    path = icon.for_system(tmp_path, "win32")
    content = Path(path).read_bytes()
    assert (0, 1, len(icon.ICO)) == struct.unpack_from("<HHH", content)
    for number, edge in enumerate(icon.ICO):
        size, at = struct.unpack_from("<II", content, 6 + 16 * number + 8)
        assert edge == picture(content[at : at + size]).width()


def test_macos_finds_every_kind_in_one_file(tmp_path: Path) -> None:
    content = Path(icon.for_system(tmp_path, "darwin")).read_bytes()
    assert (b"icns", len(content)) == struct.unpack_from(">4sI", content)
    at, found = 8, {}
    while at < len(content):
        kind, size = struct.unpack_from(">4sI", content, at)
        found[kind.decode()] = picture(content[at + 8 : at + size]).width()
        at += size
    assert icon.ICNS == found


def test_linux_has_its_icon_beside_the_program(tmp_path: Path) -> None:
    assert icon.for_system(tmp_path / "work", "linux") is None
    assert not (tmp_path / "work").exists()
