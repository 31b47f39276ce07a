"""The one way to print: a page is shown as it will come out, or given to a printer the system has."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QAction, QPageLayout, QPageSize
from PySide6.QtWidgets import QWidget

from coachdesk import NAME
from coachdesk.exchange.paper import Paper
from coachdesk.words import _

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog


def chosen(printer: QPrinter, parent: QWidget) -> bool:
    """Let the coach choose a printer; whether they did."""
    from PySide6.QtPrintSupport import QPrintDialog

    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(NAME)
    try:
        return bool(dialog.exec())
    finally:
        dialog.deleteLater()


def previewed(printer: QPrinter, parent: QWidget, paint: Callable[[QPrinter], object]) -> bool:
    """Show the pages as they will come out; they can be printed from there."""
    from PySide6.QtPrintSupport import QPrintPreviewDialog

    dialog = QPrintPreviewDialog(printer, parent)
    dialog.setWindowTitle(NAME)
    dialog.paintRequested.connect(paint)
    begin_at_width(dialog)
    try:
        return bool(dialog.exec())
    finally:
        dialog.deleteLater()


def begin_at_width(dialog: QPrintPreviewDialog) -> None:
    """Show a page as wide as there is room, so that it can be read, rather than whole and small."""
    fit = dialog.findChild(QAction, "fitWidthAction")  # the dialog's own, so that its button tells the same
    if fit is not None:
        fit.trigger()


def send(page: Paper, parent: QWidget, choose: Callable[[QPrinter, QWidget], bool] = chosen) -> str:
    """Print a page on a printer the coach chooses; the answer is a sentence to say, empty where they chose none."""
    printer = _printer(page)
    if printer is None:
        return _("Printing is not possible on this computer.")
    if not choose(printer, parent):
        return ""
    from coachdesk.exchange import pdf

    pdf.paint(page, printer)
    return _("Sent to the printer.")


def show(page: Paper, parent: QWidget, look: Callable[..., bool] = previewed) -> str:
    """Show how a page would be printed, and print it from there if wanted; the answer is a sentence to say."""
    printer = _printer(page)
    if printer is None:
        return _("Printing is not possible on this computer.")
    from coachdesk.exchange import pdf

    def paint(device: QPrinter) -> None:
        pdf.paint(page, device)

    return _("Sent to the printer.") if look(printer, parent, paint) else ""


def _printer(page: Paper) -> QPrinter | None:
    """A printer with our margins; None where Qt was installed without printing."""
    try:
        from PySide6.QtPrintSupport import QPrinter
    except ImportError:
        return None
    from coachdesk.exchange import pdf

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(page.title)
    printer.setCreator(NAME)
    size = printer.pageLayout().pageSize()
    if not size.isValid():
        size = QPageSize(QPageSize.PageSizeId.A4)
    below = pdf.MARGIN - pdf.FOOT / 2
    margins = QMarginsF(pdf.MARGIN, pdf.MARGIN, pdf.MARGIN, below)
    printer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter))
    return printer
