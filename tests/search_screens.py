"""Searching and taking back in their states, each set up by name for the table of screens."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from coachdesk.practice import canvas, commitments
from coachdesk.ui.dialogs.search import SearchSheet
from tests.studio import Studio


def _sheet(studio: Studio, words: str, *, private: bool = False) -> QWidget:
    """The field with something typed in it."""
    studio.page("today")
    sheet = SearchSheet(studio.window)
    studio.front(sheet)
    sheet.private.setChecked(private)
    sheet.field.setText(words)
    while sheet.busy:
        studio.settle()
    return sheet


def _commands(studio: Studio) -> QWidget:
    return _sheet(studio, "")


def _found(studio: Studio) -> QWidget:
    return _sheet(studio, "the")


def _private(studio: Studio) -> QWidget:
    studio.desk.do(canvas.add, studio.client.id, "I am in awe of her, and grow small", private=True)
    return _sheet(studio, "awe", private=True)


def _nothing(studio: Studio) -> QWidget:
    return _sheet(studio, "xylophone")


def _removed(studio: Studio) -> QWidget:
    studio.page("client", client_id=studio.client.id)
    row = studio.desk.do(commitments.add, studio.client.id, "Send the article")
    studio.desk.do(commitments.remove, row.id)
    studio.settle()
    return studio.window


SHOWN: dict[str, tuple[Callable[[Studio], QWidget], str]] = {
    "search-commands": (_commands, "example"),
    "search-found": (_found, "example"),
    "search-private": (_private, "example"),
    "search-nothing": (_nothing, "empty"),
    "search-long": (lambda studio: _sheet(studio, "a"), "long"),
    "search-leftward": (lambda studio: _sheet(studio, "א"), "leftward"),
    "undo-offered": (_removed, "example"),
}
