"""``coachdesk import …``: each kind of file in a module of its own."""

from importlib import import_module

import typer

from coachdesk.cli.app import group

PARTS: tuple[str, ...] = ("archive", "calendar", "icf_log")
"""Modules ``cli/import_<part>.py``, each with ``register(imports)``."""


def register(app: typer.Typer) -> None:
    """Add the noun."""
    imports = group(app, "import")
    for part in PARTS:
        import_module(f"coachdesk.cli.import_{part}").register(imports)
