"""The program's icon in the forms of Windows and macOS, drawn from the one in ``resources`` when it is frozen."""

import struct
from collections.abc import Mapping
from pathlib import Path

from installer import ROOT

DRAWING = ROOT / "resources" / "icons" / "coachdesk.svg"
ICO = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""Edges in pixels, for the scalings of Windows from 100 to 250 %."""
ICNS = {"icp4": 16, "icp5": 32, "icp6": 64, "ic07": 128, "ic08": 256, "ic09": 512, "ic10": 1024,
        "ic11": 32, "ic12": 64, "ic13": 256, "ic14": 512}  # fmt: skip
"""Kinds of picture that are PNG, and the edge of each in pixels (Apple Icon Image format)."""


def for_system(folder: Path, system: str) -> str | None:
    """Write the icon that a system shows for a program into ``folder``; its path, None where it is no part of one."""
    makers = {"win32": ("coachdesk.ico", ico, ICO), "darwin": ("coachdesk.icns", icns, ICNS.values())}
    if system not in makers:
        return None
    name, maker, edges = makers[system]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(maker({edge: drawn(edge) for edge in edges}))
    return str(folder / name)


def drawn(edge: int) -> bytes:
    """The drawing as a square PNG of so many pixels."""
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    picture = QImage(edge, edge, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def ico(pictures: Mapping[int, bytes]) -> bytes:
    """One ICO of PNG pictures by their edge, at most 256 pixels (ICONDIR, learn.microsoft.com)."""
    at = 6 + 16 * len(pictures)
    directory, content = struct.pack("<HHH", 0, 1, len(pictures)), b""
    for edge, png in sorted(pictures.items()):
        directory += struct.pack("<BBBBHHII", edge % 256, edge % 256, 0, 0, 1, 32, len(png), at + len(content))
        content += png
    return directory + content


def icns(pictures: Mapping[int, bytes]) -> bytes:
    """One ICNS of PNG pictures by their edge."""
    blocks = b"".join(
        kind.encode() + struct.pack(">I", 8 + len(pictures[edge])) + pictures[edge] for kind, edge in ICNS.items()
    )
    return b"icns" + struct.pack(">I", 8 + len(blocks)) + blocks
