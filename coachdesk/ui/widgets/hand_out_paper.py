"""A page to hand out as it will look, and what can be done with it: copy, save, look at it on paper, print."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, QSizeF, Qt, QUrl, Slot
from PySide6.QtGui import QGuiApplication, QPalette, QTextOption, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QTextBrowser, QVBoxLayout, QWidget

from coachdesk import NAME
from coachdesk.exchange.paper import Paper, as_html, as_text
from coachdesk.ui import choosing
from coachdesk.ui.theme import UNIT
from coachdesk.ui.widgets.buttons import Flow, button
from coachdesk.ui.widgets.work import Work
from coachdesk.words import N_, _

if TYPE_CHECKING:
    from coachdesk.ui.widgets.page import Shell

FORMATS = ((".pdf", N_("PDF")), (".md", N_("Markdown")), (".txt", N_("Text")))
STYLE = """
h1 {{ font-size: x-large; font-weight: 300; margin-top: 4px; margin-bottom: 10px; }}
h2 {{ font-size: large; font-weight: 600; margin-top: 14px; margin-bottom: 4px; }}
p {{ margin-top: 0; margin-bottom: 6px; }}
li {{ margin-bottom: 4px; }}
.sender, .under {{ color: {muted}; }}
"""
"""Sizes in words, because Qt heeds no other for headings."""
LEAST = UNIT * 36
AROUND = UNIT * 3
"""What the frame around the words takes of the height."""


def ask_where(parent: QWidget, name: str, formats: tuple[tuple[str, str], ...]) -> Path | None:
    """Let the coach choose a place and a format; None where they chose none."""
    filters = {f"{_(words)} (*{ending})": ending for ending, words in formats}
    path, taken = choosing.to_write(parent, "hand_out", NAME, name, choosing.one_of(filters))
    if path is None:
        return None
    ending = filters.get(taken, formats[0][0])
    known = {each for each, _words in formats}
    return path if path.suffix.lower() in known else path.with_name(path.name + ending)


class Preview(QTextBrowser):
    """As high as what is in it; the page around it scrolls, and loads nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tall = AROUND
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setIndentWidth(UNIT * 2)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size)

    @Slot(QSizeF)
    def _on_size(self, size: QSizeF) -> None:
        tall = ceil(size.height()) + AROUND
        if tall != self._tall:
            self._tall = tall
            self.updateGeometry()

    def loadResource(self, _kind: int, _name: QUrl) -> object:
        return None

    def sizeHint(self) -> QSize:
        return QSize(LEAST, self._tall)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls


class PaperView(QWidget):
    """Shows a page; ``paper`` is what is shown, ``name`` proposes a file name without an ending."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.paper = Paper("", ())
        self.name = ""
        self.ask_where: Callable[..., Path | None] = ask_where
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT * 2)
        self.copy = button(_("Copy"), self._on_copy, primary=True, icon="copy-light", hint=_("As text, for an e-mail"))
        self.save = button(_("Save as …"), self._on_save, icon="floppy-disk-light", hint=_("PDF, Markdown or text"))
        self.look = button(_("Preview …"), self._on_look, quiet=True, hint=_("Shows the pages as they will be printed"))
        self.print = button(_("Print …"), self._on_print, quiet=True, icon="printer-light")
        layout.addWidget(Flow(self.copy, self.save, self.print, self.look))
        self.work = Work(shell, _("Writing the file"))
        layout.addWidget(self.work)
        self.preview = Preview()
        self.preview.setAccessibleName(_("How it will read"))
        layout.addWidget(self.preview)
        layout.addStretch(1)

    def show_paper(self, paper: Paper, name: str) -> None:
        """Show a page."""
        self.name = name
        if paper == self.paper:
            return
        self.paper = paper
        muted = self.palette().color(QPalette.ColorRole.PlaceholderText).name()
        self.preview.document().setDefaultStyleSheet(STYLE.format(muted=muted))
        self.preview.setHtml(as_html(paper))

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(as_text(self.paper))
        self._shell.say(_("Copied. Paste it where you write to your client."))

    @Slot()
    def _on_save(self) -> None:
        path = self.ask_where(self, self.name + FORMATS[0][0], FORMATS)
        if path is None:
            return
        from coachdesk.exchange import paper_file, pdf

        if path.suffix.lower() == FORMATS[0][0]:
            pdf.be_ready()
        self.work.begin(paper_file.write, self.paper, path, done=self._on_saved)

    @Slot(object)
    def _on_saved(self, _path: object) -> None:
        self._shell.say(_("Saved. The file is not encrypted."))

    @Slot()
    def _on_print(self) -> None:
        from coachdesk.ui import printing

        self._say(printing.send(self.paper, self))

    @Slot()
    def _on_look(self) -> None:
        from coachdesk.ui import printing

        self._say(printing.show(self.paper, self))

    def _say(self, sentence: str) -> None:
        if sentence:
            self._shell.say(sentence)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.paper.title:
            shown, self.paper = self.paper, Paper("", ())
            self.show_paper(shown, self.name)
