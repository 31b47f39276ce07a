"""Pictures of the real program: the few for the documents, and with ``--all FOLDER`` one of every screen.

    python -m tests.pictures                          docs/pictures
    python -m tests.pictures --all FOLDER             every screen, light and dark
    python -m tests.pictures --all FOLDER --scale 2 --practice long --only today,client

The windows are shown on a screen of their own, so that one looks the same on every computer that has its fonts.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tests.display import Display

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

    from tests.studio import Practices, Studio

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs" / "pictures"
ALONE = "COACHDESK_PICTURES"
"""Set for the process that has a screen of its own."""
LOOKS = ("light", "dark")
FONT, POINTS = "Noto Sans", 10
SCREEN_SIZE = {1: "1440x900", 2: "2880x1800"}
CALL = (0, 0, 1040, 585)
"""The call's window, and what is shown of the screen with it."""
WINDOWS = ("today", "brief", "close", "client-promises", "reflect-written", "hours")
STATES = (
    ("bar-rest", "At rest"),
    ("bar-open", "Pointer over it"),
    ("bar-more", "More"),
    ("bar-check", "A process check"),
    ("bar-landing", "Before the end"),
    ("bar-at-end", "The time is over"),
    ("bar-held", "Cues held"),
    ("bar-paused", "Paused"),
)


def main(arguments: Sequence[str]) -> int:
    """Take the pictures asked for, in a process with a screen of its own."""
    wanted = _parser().parse_args(arguments)
    if os.environ.get(ALONE) is None:
        with Display(SCREEN_SIZE[wanted.scale]) as screen:
            kept = {**screen.environment, **_plain(wanted), ALONE: "1"}
            command = [sys.executable, "-m", "tests.pictures", *arguments]
            return subprocess.run(command, env=kept, check=False).returncode
    if wanted.all is None:
        for_documents(DOCS)
    else:
        every(wanted.all, wanted)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__.partition("\n")[0])
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="every screen, into this folder")
    parser.add_argument("--scale", type=int, choices=sorted(SCREEN_SIZE), default=1, help="pixels per point")
    parser.add_argument("--practice", choices=("example", "long", "leftward"), default="example", help="whose records")
    parser.add_argument("--right-to-left", action="store_true", help="lay everything out from right to left")
    parser.add_argument("--only", default="", help="beginnings of names, with commas between")
    parser.add_argument("--look", choices=LOOKS, help="one appearance only")
    parser.add_argument("--points", type=int, default=POINTS, help="size of the letters")
    return parser


def _plain(wanted: argparse.Namespace) -> dict[str, str]:
    """An environment in which nothing of this computer shows."""
    return {
        "COACHDESK_NO_KEYCHAIN": "1",
        "LANGUAGE": "en",
        "LC_ALL": "C.UTF-8",
        "QT_SCALE_FACTOR": str(wanted.scale),
        "TZ": "Europe/Berlin",
    }


def every(folder: Path, wanted: argparse.Namespace) -> None:
    """A picture of every screen in each look; of one that scrolls, also of its end."""
    from tests.screens import SCREENS

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as root:
        studios = _studios(Path(root), wanted.practice, wanted.right_to_left, wanted.points)
        for look in (wanted.look,) if wanted.look else LOOKS:
            for name, screen in SCREENS.items():
                if not name.startswith(tuple(wanted.only.split(","))):
                    continue
                with studios(screen.practice, look) as studio:
                    widget = screen.show(studio)
                    keep(grab(studio, widget), folder / f"{name}-{look}.png")
                    if _scroll_to_end(widget):
                        studio.settle()
                        keep(grab(studio, widget), folder / f"{name}-end-{look}.png")


def for_documents(folder: Path) -> None:
    """The pictures that the documents use."""
    from tests.screens import SCREENS

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as root:
        studios = _studios(Path(root), "example", False, POINTS)
        for look in LOOKS:
            for name in WINDOWS:
                with studios("example", look) as studio:
                    keep(grab(studio, SCREENS[name].show(studio)), folder / f"{name.partition('-')[0]}-{look}.png")
            keep(_above_a_call(studios, look), folder / f"bar-check-{look}.png")
            keep(_states(studios, look), folder / f"bar-states-{look}.png")


Studios = Callable[[str, str], "Studio"]


def _studios(root: Path, practice: str, leftward: bool, points: int) -> Studios:
    """How to have the program, once per picture: by the practice a screen wants, and the look."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QCursor, QFont, QGuiApplication
    from PySide6.QtWidgets import QApplication

    from tests.studio import Practices, Studio

    app = QApplication(["coachdesk"])
    QCursor.setPos(QGuiApplication.primaryScreen().geometry().bottomRight())
    app.setFont(QFont(FONT, points))
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if leftward else Qt.LayoutDirection.LeftToRight)
    practices: Practices = Practices(root / "practices")
    count = iter(range(10_000))

    def studio(wanted: str, look: str) -> Studio:
        name = practice if wanted == "example" else wanted
        home = practices.home(name, root / str(next(count)))
        return Studio(home, practices.coming[name], look)

    return studio


def grab(studio: Studio, widget: QWidget) -> QPixmap:
    """What a window shows, with the outline it has on screen, and without a ring around a button."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QPainter, QPixmap
    from PySide6.QtWidgets import QAbstractButton

    studio.settle()
    held = widget.window().focusWidget()
    if isinstance(held, QAbstractButton):
        held.clearFocus()
    taken = widget.grab()
    if widget.mask().isEmpty():
        return taken
    cut = QPixmap(taken.size())
    cut.setDevicePixelRatio(taken.devicePixelRatio())
    cut.fill(Qt.GlobalColor.transparent)
    with QPainter(cut) as painter:
        painter.setClipRegion(widget.mask())
        painter.drawPixmap(0, 0, taken)
    return cut


def keep(picture: QPixmap, path: Path) -> None:
    """Store a picture as small as PNG allows."""
    from PySide6.QtGui import QImage

    image = picture.toImage()
    image = image.convertToFormat(
        QImage.Format.Format_ARGB32 if image.hasAlphaChannel() else QImage.Format.Format_RGB888
    )
    if not image.save(str(path), "PNG", 0):
        raise OSError(f"{path} could not be written")


def _scroll_to_end(widget: QWidget) -> bool:
    from PySide6.QtWidgets import QScrollArea

    moved = False
    for area in widget.findChildren(QScrollArea):
        bar = area.verticalScrollBar()
        if area.isVisible() and bar.maximum() > 0:
            bar.setValue(bar.maximum())
            moved = True
    return moved


def _above_a_call(studios: Studios, look: str) -> QPixmap:
    """The process check over somebody else's window, as the screen itself shows it."""
    from PySide6.QtGui import QGuiApplication

    from tests.call_window import CallWindow
    from tests.screens import SCREENS

    with studios("example", look) as studio:
        call = CallWindow()
        call.setGeometry(*CALL)
        studio.window.hide()
        call.show()
        bar = SCREENS["bar-check"].show(studio)
        bar.move((CALL[2] - bar.width()) // 2, 0)
        for _turn in range(5):
            bar.raise_()
            studio.settle()
            time.sleep(0.1)
        shown = QGuiApplication.primaryScreen().grabWindow(0, *CALL)
        call.hide()
        call.deleteLater()
    return shown


def _states(studios: Studios, look: str) -> QPixmap:
    """The bar in its states, one under the other, each with a word beside it."""
    from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

    from tests.screens import SCREENS

    taken = []
    for name, words in STATES:
        with studios("example", look) as studio:
            taken.append((words, grab(studio, SCREENS[name].show(studio))))
    with studios("empty", look) as studio:
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setContentsMargins(24, 24, 24, 24)
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(16)
        for row, (words, picture) in enumerate(taken):
            said, shown = QLabel(words), QLabel()
            shown.setPixmap(picture)
            grid.addWidget(said, row, 0)
            grid.addWidget(shown, row, 1)
        sheet.show()
        studio.settle()
        whole = sheet.grab()
        sheet.hide()
        sheet.deleteLater()
    return whole


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
