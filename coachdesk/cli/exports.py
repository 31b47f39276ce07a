"""``coachdesk export …``: each kind of file in a module of its own."""

from importlib import import_module

import typer

from coachdesk.cli.app import group

PARTS: tuple[str, ...] = ("archive", "calendar", "client", "icf_log", "summary")
"""Modules ``cli/export_<part>.py``, each with ``register(exports)``."""


def register(app: typer.Typer) -> None:
    """Add the noun."""
    exports = group(app, "export")
    for part in PARTS:
        import_module(f"coachdesk.cli.export_{part}").register(exports)
