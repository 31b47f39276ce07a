"""``coachdesk backup …``"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from coachdesk.cli import printing
from coachdesk.cli.app import group
from coachdesk.cli.call import absolute
from coachdesk.cli.wording import call_of
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk


def register(app: typer.Typer) -> None:
    """Add the noun."""
    backups = group(app, "backup")
    backups.command("now", help=_("Take an encrypted backup now."))(take)
    backups.command("list", help=_("All backups, the newest first."))(listing)
    backups.command("verify", help=_("Open a backup, or every one, and check it wholly."))(verify)
    backups.command("restore", help=_("Put a backup in the place of the records, which are kept aside."))(restore)


def take(context: typer.Context) -> None:
    """Take a backup."""
    call_of(context).carry("backup.now", _path)


def listing(context: typer.Context) -> None:
    """List the backups; no key is needed."""
    from coachdesk.cli.call import desk_for
    from coachdesk.verbs import backup
    from coachdesk.verbs.values import plain

    call = call_of(context)
    call.speak()
    call.tell(plain(backup.listing(desk_for(call.given))), _list)


def verify(context: typer.Context, file: Annotated[str | None, typer.Argument(metavar="FILE")] = None) -> None:
    """Check backups; the records themselves are not opened."""
    path = None if file is None else absolute(file)

    def here(desk: "Desk", key: bytes) -> dict[str, Any]:
        from coachdesk.verbs import backup
        from coachdesk.verbs.values import plain

        return {"ok": plain(backup.verified(desk, path, key))}

    call = call_of(context)
    arguments = {} if path is None else {"path": path}
    call.tell(call.answer({"verb": "backup.verify", "arguments": arguments}, here), _verified)


def restore(context: typer.Context, file: Annotated[str, typer.Argument(metavar="FILE")]) -> None:
    """Restore a backup; the records may be damaged or gone."""
    path = absolute(file)

    def here(desk: "Desk", key: bytes) -> dict[str, Any]:
        from coachdesk.verbs import backup
        from coachdesk.verbs.values import plain

        return {"ok": plain(backup.restored(desk, path, key))}

    call = call_of(context)
    call.tell(call.answer({"verb": "backup.restore", "arguments": {"path": path}}, here), _restored)


def _path(backup: dict[str, Any]) -> str:
    return str(backup["path"])


def _list(backups: list[dict[str, Any]]) -> str:
    rows = [{**each, "when": printing.when(each["at"]), "size": printing.size(each["size"])} for each in backups]
    return printing.table(rows, {"when": _("When"), "size": _("Size"), "path": _("File")}, _("No backups yet."))


def _verified(found: list[dict[str, Any]]) -> str:
    return "\n".join(
        _("{path}: whole, {rows}").format(path=each["path"], rows=printing.rows(sum(each["counts"].values())))
        for each in found
    )


def _restored(restored: dict[str, Any]) -> str:
    return _("Restored from {path}; the records from before are kept beside it.").format(path=restored["path"])
