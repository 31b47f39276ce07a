"""The sheet “What I keep about you and how it is protected”: written for a client, from the state the records are in.

``facts`` reads that state; ``sheet`` puts it into words. A sentence stands there only if what it says holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import Session as Db

from coachdesk import NAME
from coachdesk.clock import Now
from coachdesk.errors import Refused
from coachdesk.exchange import sheet_words
from coachdesk.exchange.client_rows import ClientRows, private_lines
from coachdesk.exchange.days import Days
from coachdesk.exchange.paper import Paper, Part
from coachdesk.exchange.summary import sender
from coachdesk.paths import Home
from coachdesk.practice import agreements, clients
from coachdesk.settings import Settings
from coachdesk.storage import backup, keys
from coachdesk.words import _, ngettext


@dataclass(frozen=True)
class Facts:
    """What is so, on a day: all that the sheet may speak of."""

    day: date
    counts: Mapping[str, int] = field(default_factory=dict)
    """Rows about the client by table, the coach's private ones not among them."""
    private: int = 0
    """The coach's private lines, those being written included."""
    details: tuple[str, ...] = ()
    """Columns of the client's own row in which something stands."""
    is_group: bool = False
    confidentiality: str = ""
    exceptions: str = ""
    ways: frozenset[str] = frozenset()
    """The ways to the key that are set up: passphrase, keychain, recovery."""
    backups: int = 0
    lock_minutes: int = 0
    retention_years: int = 0
    log_consent_on: date | None = None
    sender: tuple[str, ...] = ()


def facts(db: Db, client_id: str, *, home: Home, settings: Settings, now: Now, zone: ZoneInfo) -> Facts:
    """What is so now for one client; raises Refused when there is no such client."""
    client = clients.one(db, client_id)
    agreement = agreements.present(db, client_id)
    return Facts(
        day=now.at.astimezone(zone).date(),
        counts=ClientRows(db, client_id).counts(),
        private=private_lines(db, client_id),
        details=tuple(name for name in sheet_words.DETAILS if getattr(client, name)),
        is_group=client.kind == "group",
        confidentiality=agreement.confidentiality if agreement else "",
        exceptions=agreement.exceptions if agreement else "",
        ways=_ways(home),
        backups=len(backup.backups(home.backups)),
        lock_minutes=settings.privacy.lock_minutes,
        retention_years=settings.privacy.retention_years,
        log_consent_on=client.log_consent_on,
        sender=sender(db),
    )


def sheet(so: Facts, *, days: Days | None = None) -> Paper:
    """The sheet in words."""
    days = days or Days()
    parts = [
        Part(_("As it is on {day}.").format(day=days.day(so.day))),
        Part(_("What I keep"), "heading"), *_items(_kept(so)), Part(sheet_words.never()),
        Part(_("How it is protected"), "heading"), *_items(_protected(so)),
        Part(_("How long, and who may see it"), "heading"), *_items(_shared(so, days)),
        *_agreed(so),
        Part(_("What you can ask of me"), "heading"), *_items(sheet_words.rights()),
    ]  # fmt: skip
    return Paper(_("What I keep about you and how it is protected"), tuple(parts), so.sender)


def file_name(day: date, ending: str) -> str:
    """A name for the file that tells nobody whose it is."""
    return f"what-i-keep-{day.isoformat()}.{ending}"


def _ways(home: Home) -> frozenset[str]:
    """The ways to the key; none are told where the key file cannot be read."""
    try:
        return keys.ways(home.keys)
    except Refused:
        return frozenset()


def _items(sentences: list[str]) -> list[Part]:
    return [Part(sentence, "item") for sentence in sentences]


def _kept(so: Facts) -> list[str]:
    details = ", ".join([_("the name"), *(_(sheet_words.DETAILS[name]) for name in so.details)])
    lines = [_("About the person: {details}").format(details=details)]
    if so.is_group:
        lines = [_("About the group: {details}").format(details=details)]
    lines += [sheet_words.table_words(name, so.counts[name]) for name in _in_order(so.counts)]
    if so.private:
        lines.append(
            ngettext(
                "{n} line for myself about my own work with you", "{n} lines for myself about my own work with you",
                so.private,
            ).format(n=so.private)
        )  # fmt: skip
    return lines


def _in_order(counts: Mapping[str, int]) -> list[str]:
    """The tables in which there is something, in the order of telling; later ones at the end."""
    told = list(sheet_words.TABLES)
    found = [name for name, count in counts.items() if count and name != "client"]
    return sorted(found, key=lambda name: told.index(name) if name in told else len(told))


def _protected(so: Facts) -> list[str]:
    lines = [
        _("All of it lies in one encrypted file (AES, 256 bits) on my computer, written by the program {name}.").format(
            name=NAME
        ),
        _("The program has no account and sends nothing over the internet."),
    ]
    opened = [_(sheet_words.WAYS[way]) for way in sheet_words.WAYS if way in so.ways]
    lines += [_("The file opens only with: {ways}.").format(ways="; ".join(opened))] if opened else []
    if so.lock_minutes:
        lines.append(
            ngettext(
                "It locks when nobody has touched the computer for {n} minute, except during a session.",
                "It locks when nobody has touched the computer for {n} minutes, except during a session.",
                so.lock_minutes,
            ).format(n=so.lock_minutes)
        )
    return [*lines, _backups(so)]


def _backups(so: Facts) -> str:
    if not so.backups:
        return _("There is no backup of it yet; backups are encrypted in the same way.")
    return _(
        "Backups are encrypted in the same way. Older ones are thinned out, and in regular use the oldest go after a "
        "year; one from before each change of the file's form is kept."
    )


def _shared(so: Facts, days: Days) -> list[str]:
    if so.retention_years:
        words = ngettext(
            "When there has been nothing between us for {n} year, the program asks me whether to erase it.",
            "When there has been nothing between us for {n} years, the program asks me whether to erase it.",
            so.retention_years,
        )
        lines = [words.format(n=so.retention_years)]
    else:
        lines = [_("I have set no date for erasing it; ask me if you want one.")]
    if so.log_consent_on is None:
        return [*lines, _("In a log of my coaching hours you are not named.")]
    words = _(
        "On {day} you agreed that a log of my coaching hours may name you, with your e-mail address and our hours. "
        "Such a log is shown to those who certify coaches."
    )
    return [*lines, words.format(day=days.day(so.log_consent_on))]


def _agreed(so: Facts) -> list[Part]:
    parts = [Part(so.confidentiality)] if so.confidentiality else []
    if so.exceptions:
        parts += [Part(_("The exceptions:")), Part(so.exceptions)]
    return [Part(_("What we agreed on confidentiality"), "heading"), *parts] if parts else []
