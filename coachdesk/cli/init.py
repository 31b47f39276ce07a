"""``coachdesk init``"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from coachdesk.cli import unlocking
from coachdesk.cli.app import NOUNS
from coachdesk.cli.call import Call, desk_for
from coachdesk.cli.wording import call_of
from coachdesk.errors import KeychainUnavailable, Refused
from coachdesk.instance import Instance
from coachdesk.paths import Home
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.storage.keys import Keychain


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("init", help=_(NOUNS["init"]))(init)


def init(
    context: typer.Context,
    coach: Annotated[str, typer.Option(metavar="NAME", help=_("Your name, for what is handed out."))] = "",
) -> None:
    """Create encrypted records."""
    call = call_of(context)
    call.speak()
    call.tell(_created(call, coach), _describe)


def _created(call: Call, coach: str) -> dict[str, Any]:
    from coachdesk.practice import private_settings
    from coachdesk.storage import keys, store

    home = call.given.home
    if store.found(home.records, home.keys) not in ("nothing", "unfinished"):
        raise Refused(_("There are records in this folder already: {path}.").format(path=home.root))
    keychain = unlocking.usable_keychain(call.given)
    passphrase = unlocking.new_passphrase(call.given, optional=keychain is not None)
    own = Instance.take(home)
    if own is None:
        raise Refused(_("CoachDesk is running for this folder; close it, or go on in its window."))
    try:
        if store.found(home.records, home.keys) == "unfinished":
            store.begin_again(home.records, home.keys)
        key, code = _key_and_code(home, passphrase, keychain)
        desk = desk_for(call.given)
        desk.adopt(store.create(home.records, key))
        try:
            if coach.strip():
                desk.do(private_settings.keep, "coach_name", coach)
        finally:
            desk.close()
        return {"home": str(home.root), "ways": sorted(keys.ways(home.keys)), "recovery_code": code}
    finally:
        own.close()


def _key_and_code(home: Home, passphrase: str | None, keychain: "Keychain | None") -> tuple[bytes, str]:
    """The key in every way there is; a keychain that does not answer is done without where there is a passphrase."""
    from coachdesk.storage import keys

    if passphrase is None and keychain is None:
        raise Refused(
            _("New records need a passphrase: give --passphrase-file FILE, or set {variable}.").format(
                variable=unlocking.PASSPHRASE
            )
        )
    try:
        return keys.create(home.keys, passphrase=passphrase, keychain=keychain)
    except KeychainUnavailable:
        if passphrase is None:
            raise
        return keys.create(home.keys, passphrase=passphrase)


def _describe(made: dict[str, Any]) -> str:
    return "\n".join([
        _("The records are ready in {folder}.").format(folder=made["home"]),
        _("Recovery code, shown this once; write it down and keep it away from this computer:"),
        "",
        f"    {made['recovery_code']}",
        "",
    ])  # fmt: skip
