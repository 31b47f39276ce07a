"""How CoachDesk is doing on this computer: versions, places, ways to unlock, what the system supports."""

import importlib.metadata
import platform
from typing import TYPE_CHECKING, Any

from coachdesk import __version__, build
from coachdesk.errors import Refused
from coachdesk.paths import focus_folder, runtime
from coachdesk.storage import backup, cipher, keys, store
from coachdesk.words import _

if TYPE_CHECKING:
    from coachdesk.desk import Desk


def show(desk: "Desk", *, ask_keychain: bool = True) -> dict[str, Any]:
    """Everything there is to tell; the records are checked if they are open."""
    return {
        "versions": _versions(),
        "paths": _paths(desk),
        "records": _records(desk),
        "keychain": _keychain() if ask_keychain else _("not asked"),
        "machine": _machine(),
        "focus": _focus(),
        "settings": {"problems": list(desk.settings.problems)},
    }


def _versions() -> dict[str, str]:
    sqlcipher, sqlite = cipher.versions()
    try:
        qt = importlib.metadata.version("PySide6-Essentials")
    except importlib.metadata.PackageNotFoundError:
        qt = _("not found")
    return {
        "coachdesk": __version__, **_copy(), "python": platform.python_version(), "qt": qt, "sqlcipher": sqlcipher,
        "sqlite": sqlite, "system": platform.platform(),
    }  # fmt: skip


def _copy() -> dict[str, str]:
    """Which copy of the program it is, as far as it knows."""
    this = build.this()
    known = {
        "commit": this.commit, "commit_day": this.day.isoformat() if this.day else "",
        "commit_changed": _("yes") if this.changed else "", "releases": this.releases,
    }  # fmt: skip
    return {name: value for name, value in known.items() if value}


def _paths(desk: "Desk") -> dict[str, Any]:
    home = desk.home
    return {
        "home": home.root, "records": home.records, "settings": home.settings, "backups": home.backups,
        "logs": home.logs, "focus": focus_folder(), "runtime": runtime(),
    }  # fmt: skip


def _records(desk: "Desk") -> dict[str, Any]:
    home = desk.home
    found: dict[str, Any] = {"found": store.found(home.records, home.keys), "ways": [], "integrity": _integrity(desk)}
    try:
        found["ways"] = sorted(keys.ways(home.keys)) if home.keys.exists() else []
    except Refused as why:
        found["problem"] = why.sentence
    latest = backup.latest(home.backups, desk.now())
    return {**found, "latest_backup": latest.at if latest else None}


def _integrity(desk: "Desk") -> str:
    if not desk.is_open:
        return _("locked, not checked")
    wrong = store.check(desk.store, quick=False)
    return "; ".join(wrong) if wrong else "ok"


def _keychain() -> str:
    keychain = keys.keychain_here()
    if keychain is None:
        return _("not used")
    try:
        return keychain.name
    except Refused as why:
        return why.sentence


def _machine() -> dict[str, Any]:
    from coachdesk.machine.here import here

    machine = here()
    can = {name: {"yes": bool(ability), "why": ability.why} for name, ability in machine.can.items()}
    return {"kind": machine.kind, "time_zone": machine.time_zone(), "can": can}


def _focus() -> dict[str, Any]:
    """Whether focus mode is on, what an earlier one left, and whether the next login would put things back."""
    from coachdesk.focus import blockers, recovery

    found: dict[str, Any] = {"on": False, "outstanding": [], "at_login": False}
    try:
        found["on"] = recovery.status(focus_folder()) is not None
        found["outstanding"] = list(recovery.outstanding(focus_folder()))
        found["at_login"] = blockers.here().at_login().installed()
    except Refused as why:
        found["problem"] = why.sentence
    return found


VERBS = {"doctor": show}
