"""What is printed is the page that is handed out, whoever asks for it."""

from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtWidgets import QWidget

from coachdesk.exchange.paper import Paper, Part
from coachdesk.ui import printing
from coachdesk.ui.widgets.recovery_sheet import RecoverySheet
from tests.exchange import pages

PAGE = Paper("Summary of our session", (Part("What I promised", "heading"), Part("Send the paper", "item")))


@pytest.fixture
def parent(qtbot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def into(path: Path):
    """A coach who prints into a file."""

    def choose(printer: QPrinter, _parent: QWidget) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        return True

    return choose


def test_the_page_comes_out_of_the_printer(parent: QWidget, tmp_path: Path):
    assert "Sent to the printer." == printing.send(PAGE, parent, into(tmp_path / "a.pdf"))
    assert "Send the paper" in pages.texts(tmp_path / "a.pdf")[0]
    assert pages.ink(tmp_path / "a.pdf")[0] > 45


def test_who_chooses_no_printer_prints_nothing(parent: QWidget):
    assert "" == printing.send(PAGE, parent, lambda _printer, _parent: False)


def test_what_is_looked_at_is_what_would_be_printed(parent: QWidget, tmp_path: Path):
    def look(printer: QPrinter, _parent: QWidget, paint) -> bool:
        into(tmp_path / "a.pdf")(printer, parent)
        paint(printer)
        return False

    assert "" == printing.show(PAGE, parent, look)
    assert "Send the paper" in pages.texts(tmp_path / "a.pdf")[0]


def test_a_page_is_shown_as_wide_as_there_is_room(parent: QWidget):
    dialog = QPrintPreviewDialog(QPrinter(), parent)
    printing.begin_at_width(dialog)
    shown = dialog.findChild(QPrintPreviewWidget)
    assert QPrintPreviewWidget.ZoomMode.FitToWidth == shown.zoomMode()
    assert dialog.findChild(QAction, "fitWidthAction").isChecked()


def test_a_print_job_names_nobody(parent: QWidget):
    names: list[str] = []

    def choose(printer: QPrinter, _parent: QWidget) -> bool:
        names.append(printer.docName())
        return False

    printing.send(PAGE, parent, choose)
    assert ["Summary of our session"] == names


def test_the_recovery_code_is_printed_the_same_way(qtbot, parent: QWidget, tmp_path: Path):
    sheet = RecoverySheet()
    qtbot.addWidget(sheet)
    sheet.show_code("7Q4M-X2RD-9KTA-B5WN-3HGC-V8EP-6JZS-D4YF-M7QK")
    printing.send(sheet.sheet(), parent, into(tmp_path / "a.pdf"))
    (page,) = pages.texts(tmp_path / "a.pdf")
    assert "7Q4M" in page
    assert "M7QK" in page
    assert "It opens your records if all else is lost." in page
