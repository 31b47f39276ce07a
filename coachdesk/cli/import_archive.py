"""``coachdesk import archive``"""

from pathlib import Path
from typing import Annotated, Any

import typer

from coachdesk.cli import printing, unlocking
from coachdesk.cli.call import Call, absolute, desk_for
from coachdesk.cli.export_archive import OWN_PASSPHRASE, own_passphrase
from coachdesk.cli.wording import call_of
from coachdesk.errors import Refused
from coachdesk.words import _


def register(imports: typer.Typer) -> None:
    """Add the kind of file."""
    imports.command("archive", help=_("Take an archive into a CoachDesk that is still empty."))(take_in)


def take_in(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE")],
    archive_passphrase_file: OWN_PASSPHRASE = None,
) -> None:
    """Take the archive in; the records must be closed and empty."""
    call = call_of(context)
    call.speak()
    call.tell(_taken_in(call, Path(absolute(file)), archive_passphrase_file), _describe)


def _taken_in(call: Call, path: Path, file: str | None) -> dict[str, Any]:
    from coachdesk.exchange import archive, archive_arrival
    from coachdesk.instance import Instance

    passphrase = own_passphrase(call, file, new=False) if archive.sealed(path) else None
    key = unlocking.key_for(call.given)
    own = Instance.take(call.given.home)
    if own is None:
        raise Refused(_("CoachDesk is running for this folder; close it first, so that its records can be replaced."))
    try:
        desk = desk_for(call.given)
        taken = archive_arrival.take_in(desk.home, path, passphrase, key, desk.now(), progress=lambda _share: None)
    finally:
        own.close()
    return {"path": str(path), "made_at": taken.made_at.isoformat(), "counts": dict(taken.counts)}


def _describe(taken: dict[str, Any]) -> str:
    rows = printing.rows(sum(taken["counts"].values()))
    return _("Taken in from {path}: {rows}.").format(path=taken["path"], rows=rows)
