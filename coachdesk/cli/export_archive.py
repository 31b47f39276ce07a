"""``coachdesk export archive``"""

from pathlib import Path
from typing import Annotated, Any

import typer

from coachdesk.cli import printing, unlocking
from coachdesk.cli.call import Call, absolute, desk_for
from coachdesk.cli.wording import call_of
from coachdesk.errors import Refused
from coachdesk.words import _

OWN_PASSPHRASE = Annotated[
    str | None,
    typer.Option("--archive-passphrase-file", metavar="FILE", help=_("The archive's passphrase is its first line.")),
]


def register(exports: typer.Typer) -> None:
    """Add the kind of file."""
    exports.command("archive", help=_("Everything as one file, sealed with a passphrase of its own."))(export)


def export(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE")],
    plain: Annotated[bool, typer.Option("--plain", help=_("Not sealed: whoever has the file can read it."))] = False,
    force: Annotated[bool, typer.Option("--force", help=_("Replace the file if it is there."))] = False,
    archive_passphrase_file: OWN_PASSPHRASE = None,
) -> None:
    """Write the archive; also beside a running CoachDesk, which goes on meanwhile."""
    call = call_of(context)
    call.speak()
    if plain and archive_passphrase_file is not None:
        raise typer.BadParameter(_("Either --plain or a passphrase, not both."))
    passphrase = None if plain else own_passphrase(call, archive_passphrase_file, new=True)
    call.tell(_written(call, Path(absolute(file)), passphrase, replace=force), _describe)


def own_passphrase(call: Call, file: str | None, *, new: bool) -> str:
    """The passphrase of an archive: out of its file, else asked for, twice where it is a new one. Raises Refused."""
    if file is not None:
        return unlocking.first_line(Path(file))
    if not unlocking.may_ask(call.given):
        raise Refused(_("The archive needs a passphrase of its own. Give --archive-passphrase-file FILE."))
    typed = unlocking.ask_for(_("Passphrase of the archive: "))
    if new and unlocking.ask_for(_("Once more: ")) != typed:
        raise Refused(_("The two passphrases differ; nothing was done."))
    return typed


def _written(call: Call, path: Path, passphrase: str | None, *, replace: bool) -> dict[str, Any]:
    from coachdesk.exchange import archive
    from coachdesk.storage import store

    desk = desk_for(call.given)
    opened = store.open(desk.home.records, unlocking.key_for(call.given))
    try:
        made = archive.write(opened, path, passphrase, desk.now(), replace=replace, progress=lambda _share: None)
    finally:
        opened.close()
    return {"path": str(path), "sealed": passphrase is not None, "counts": dict(made.counts)}


def _describe(written: dict[str, Any]) -> str:
    rows = printing.rows(sum(written["counts"].values()))
    sentence = _("{path}: everything, {rows}.").format(path=written["path"], rows=rows)
    if written["sealed"]:
        return f"{sentence} {_('It opens with its own passphrase only; keep that apart from the file.')}"
    return f"{sentence} {_('It is not sealed: whoever has the file can read all of it.')}"
