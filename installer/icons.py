"""The program's icon for the menus of Linux: as it was drawn, and in the sizes that older menus want."""

import shutil
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWN = Path(__file__).parent.parent / "resources/icons/coachdesk.svg"
SIZES = (48, 128, 256)
"""Pixels; the Icon Theme Specification asks for the first."""


def write(theme: Path) -> None:
    """Put them into the folder of a theme such as hicolor."""
    scalable = theme / "scalable/apps/coachdesk.svg"
    scalable.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(DRAWN, scalable)
    for size in SIZES:
        path = theme / f"{size}x{size}/apps/coachdesk.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not drawn(size).save(str(path)):
            raise OSError(f"{path} could not be written")


def drawn(size: int) -> QImage:
    """The icon, so many pixels wide and high."""
    image = QImage(QSize(size, size), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWN)).render(painter)
    painter.end()
    return image
