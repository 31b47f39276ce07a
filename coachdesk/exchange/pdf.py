"""A page to hand out as PDF, or on any other device that has pages, such as a printer; with or without a window."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from coachdesk import NAME, __version__
from coachdesk.exchange import files
from coachdesk.exchange.paper import Paper, Part, as_html
from coachdesk.words import _

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QFont, QPagedPaintDevice, QPainter, QTextDocument

LETTER = frozenset({"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"})
"""Territories that write on US Letter (CLDR 45, supplemental data, measurementData, paperSize); all others on A4."""
MARGIN, FOOT = 20.0, 9.0
"""Millimetres around the text, and of the lowest lines that hold the page number."""
DOTS = 600
"""Dots per inch in which the page is laid out; letters are outlines and stay sharp at any size."""
POINTS = 10.5
FAMILIES = ["Noto Sans", "Segoe UI", "Helvetica Neue", "Arial", "DejaVu Sans"]
"""The first that is there; what it has no letters for, the system finds in its other fonts."""
STYLE = """
h1 { font-size: x-large; font-weight: 600; margin-top: 0; margin-bottom: 12px; }
h2 { font-size: large; font-weight: 600; margin-top: 18px; margin-bottom: 6px; }
p { margin-top: 0; margin-bottom: 8px; }
p.sender { color: #555555; margin-bottom: 24px; }
li { margin-bottom: 5px; }
span.under { color: #555555; }
pre { font-family: monospace; font-size: 18pt; margin-top: 12px; margin-bottom: 12px; }
"""
"""Sizes of headings in words, because Qt heeds no other."""

Progress = Callable[[float], None]

_ready = threading.Event()


def write(paper: Paper, path: Path, *, progress: Progress | None = None) -> None:
    """Write the page as PDF, its fonts within it; ``progress`` is told the share done and may raise to stop.

    The file tells its title and nothing of whom it is for. Any thread may do it, where an application runs and the
    main thread has called ``be_ready``; where none runs, one without a screen is made for as long as it takes, on the
    main thread.

    Raises:
        Refused: the file cannot be written.
        RuntimeError: another thread than the main one asks, which has not called ``be_ready``.
    """
    if threading.current_thread() is not threading.main_thread() and not _ready.is_set():
        raise RuntimeError("call be_ready on the main thread first")
    with _application():
        content = _pdf(paper, progress)
    files.write(path, content)


def be_ready() -> None:
    """Make, on the main thread, all of Qt's types that painting a page takes, by painting one nobody sees.

    PySide makes each type when it is first used and keeps them in a table, which the window's thread also reads while
    it lets others run (``QWidget.metaObject``, PySide 6.11 under Python before 3.12). Made by another thread, one can
    end the program.
    """
    with _application():
        _pdf(Paper("-", (Part("-", "heading"), *(Part("-", "item") for _line in range(60)))), None)
    _ready.set()


def paint(paper: Paper, device: QPagedPaintDevice, progress: Progress | None = None) -> int:
    """Paint the page on a device, over as many of its pages as it takes; how many, is the answer."""
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QAbstractTextDocumentLayout, QColor, QPainter, QPalette

    document = _document(paper)
    document.documentLayout().setPaintDevice(device)
    foot = device.logicalDpiY() * FOOT / 25.4
    room = QRectF(0, 0, device.width(), device.height() - foot)
    document.setPageSize(room.size())
    _keep_headings(document, room.height())
    pages = document.pageCount()
    painter = QPainter(device)
    try:
        for page in range(pages):
            if progress is not None:
                progress(page / pages)
            if page:
                device.newPage()
            context = QAbstractTextDocumentLayout.PaintContext()
            # a dot less: else the next page's first line is drawn too, unseen, and who copies the text finds it twice
            context.clip = room.translated(0, page * room.height()).adjusted(0, 0, 0, -1)
            context.palette.setColor(QPalette.ColorRole.Text, QColor("black"))  # paper is white in a dark window too
            painter.save()
            painter.translate(0, -context.clip.top())
            painter.setClipRect(context.clip)
            document.documentLayout().draw(painter, context)
            painter.restore()
            if pages > 1:
                _number(painter, QRectF(0, room.height(), room.width(), foot), page + 1, pages)
    finally:
        painter.end()
    return pages


def page_size(locale_name: str) -> str:
    """``A4`` or ``Letter``, by a locale such as ``en_US``."""
    return "Letter" if locale_name.partition("_")[2].partition(".")[0] in LETTER else "A4"


def _pdf(paper: Paper, progress: Progress | None) -> bytes:
    from PySide6.QtCore import QBuffer, QIODevice, QLocale, QMarginsF
    from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(paper.title)
    writer.setCreator(f"{NAME} {__version__}")
    writer.setResolution(DOTS)
    size = getattr(QPageSize.PageSizeId, page_size(QLocale.system().name()))
    writer.setPageLayout(
        QPageLayout(
            QPageSize(size), QPageLayout.Orientation.Portrait, QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN - FOOT / 2),
            QPageLayout.Unit.Millimeter,
        )
    )  # fmt: skip
    paint(paper, writer, progress)
    buffer.close()
    return bytes(buffer.data().data())


def _document(paper: Paper) -> QTextDocument:
    from PySide6.QtGui import QTextDocument, QTextOption

    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setDefaultFont(font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    document.setDefaultStyleSheet(STYLE)
    document.setIndentWidth(22)
    document.setHtml(as_html(paper))
    return document


def font() -> QFont:
    """The font of everything that is handed out."""
    from PySide6.QtGui import QFont

    made = QFont()
    made.setFamilies(FAMILIES)
    made.setPointSizeF(POINTS)
    return made


def _keep_headings(document: QTextDocument, height: float) -> None:
    """See that no heading stands alone at the foot of a page: it goes to the next one with what follows it.

    Qt lays out a long page bit by bit, and begins anew after each change; what it has not come to has no line yet, and
    what is changed before it has come to its end stays without, and is not painted. Asked for the number of pages, it
    goes on to the end.
    """
    from PySide6.QtGui import QTextCursor, QTextFormat

    block, layout = document.begin(), document.documentLayout()
    while block.isValid():
        after, form = block.next(), block.blockFormat()
        if form.headingLevel() == 2 and after.isValid():
            document.pageCount()
            first = after.layout().lineAt(0).rect().translated(layout.blockBoundingRect(after).topLeft())
            if int(first.bottom() // height) > int(layout.blockBoundingRect(block).top() // height):
                form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                QTextCursor(block).setBlockFormat(form)
        block = block.next()


def _number(painter: QPainter, place: QRectF, page: int, pages: int) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QColor

    painter.setFont(font())
    painter.setPen(QColor("#555555"))
    where = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
    painter.drawText(place, where, _("{page} of {pages}").format(page=page, pages=pages))


@contextmanager
def _application() -> Iterator[None]:
    """An application that fonts can be asked of: the one that runs, or one without a screen for the time."""
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.instance() is not None:
        yield
        return
    from PySide6.QtCore import QLoggingCategory

    QLoggingCategory.setFilterRules("qt.text.font.db=false")  # it tells which fonts were tried for a script
    application = QGuiApplication(["coachdesk", "-platform", "offscreen"])
    try:
        yield
    finally:
        application.shutdown()
