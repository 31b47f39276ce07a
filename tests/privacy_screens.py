"""Forgetting, and what is asked before a way in is changed, each set up by name for the table of screens."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from coachdesk.ui.dialogs.forget_client import ForgetClient
from coachdesk.ui.dialogs.prove import Prove
from tests.studio import Studio


def _forget(studio: Studio) -> QWidget:
    damaged = studio.desk.home.root / "records.db.damaged-2026-01-03T00-00-00Z"
    damaged.write_bytes(b"nothing that opens" * 300)
    form = ForgetClient(studio.desk, studio.window, studio.client_id, studio.window)
    shown = studio.front(form)
    while studio.window.tasks.busy:
        studio.settle()
    form.fit()
    damaged.unlink()
    return shown


def _prove(studio: Studio) -> QWidget:
    why = "Before the new passphrase takes the place of what opens your records now:"
    return studio.front(Prove(studio.desk, studio.window, why, studio.window))


SHOWN: dict[str, Callable[[Studio], QWidget]] = {"dialog-forget-client": _forget, "dialog-prove": _prove}
