"""What the sheet about the records says is so, in every variant."""

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from coachdesk.desk import Desk
from coachdesk.errors import Refused
from coachdesk.exchange import sheet
from coachdesk.exchange.client_rows import ClientRows
from coachdesk.exchange.paper import as_text
from coachdesk.exchange.sheet import Facts
from coachdesk.exchange.sheet_words import DETAILS, TABLES
from coachdesk.practice import agreements, canvas, clients, commitments, private_settings, sessions
from coachdesk.storage import backup, keys
from tests.exchange.whole_client import plant

BERLIN = ZoneInfo("Europe/Berlin")
LEAST = Facts(date(2026, 3, 2), ways=frozenset({"recovery"}))


def told(so: Facts) -> str:
    """The sheet as one line."""
    return " ".join(as_text(sheet.sheet(so)).split())


def read(desk: Desk, client_id: str) -> Facts:
    return desk.read(sheet.facts, client_id, home=desk.home, settings=desk.settings, zone=BERLIN)


@pytest.fixture
def kept(desk: Desk, tmp_path: Path) -> Desk:
    """A desk with a key file, as every real one has."""
    keys.create(tmp_path / "elsewhere" / "keys.json", passphrase="a lantern on the stairs")
    shutil.copyfile(tmp_path / "elsewhere" / "keys.json", desk.home.keys)
    return desk


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ways": frozenset({"passphrase"})}, "The file opens only with: a passphrase that I know."),
        ({"ways": frozenset({"keychain"})}, "opens only with: my login on this computer, through its keychain."),
        (
            {"ways": frozenset({"passphrase", "recovery"})},
            "only with: a passphrase that I know; a recovery code, which the program showed me once and does not keep.",
        ),
        ({"backups": 1}, "Older ones are thinned out, and in regular use the oldest go after a year"),
        ({"lock_minutes": 1}, "nobody has touched the computer for 1 minute, except"),
        ({"lock_minutes": 15}, "nobody has touched the computer for 15 minutes, except"),
        ({"retention_years": 1}, "nothing between us for 1 year, the program asks me whether to erase it"),
        ({"retention_years": 3}, "nothing between us for 3 years, the program asks me"),
        ({"log_consent_on": date(2026, 1, 5)}, "On Monday, 5 January 2026 you agreed that a log of my coaching hours"),
        ({"private": 1}, "1 line for myself about my own work with you"),
        ({"private": 4}, "4 lines for myself about my own work with you"),
        ({"confidentiality": "Nothing leaves the room"}, "What we agreed on confidentiality Nothing leaves the room"),
        ({"exceptions": "Danger to life"}, "What we agreed on confidentiality The exceptions: Danger to life"),
        ({"is_group": True, "details": ("group_size",)}, "About the group: the name, how many you are"),
        ({"details": ("email", "phone")}, "About the person: the name, e-mail address, phone number"),
        ({"sender": ("Kim Lee", "Linden 4")}, "Kim Lee Linden 4 What I keep about you"),
        ({"counts": {"session": 1}}, "1 session: planned"),
        ({"counts": {"session": 12}}, "12 sessions: planned"),
        ({"counts": {"a_later_table": 2}}, "2 other entries"),
    ],
)  # fmt: skip
def test_a_thing_is_said_only_when_it_is_so(change: dict[str, object], words: str):
    assert words in told(replace(LEAST, **change))
    assert words not in told(LEAST)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"backups": 1}, "There is no backup of it yet"),
        ({"retention_years": 1}, "I have set no date for erasing it"),
        ({"log_consent_on": date(2026, 1, 5)}, "you are not named"),
        ({"is_group": True}, "About the person"),
        ({"ways": frozenset()}, "The file opens only with"),
    ],
)
def test_what_is_not_so_is_said_only_then(change: dict[str, object], words: str):
    assert words in told(LEAST)
    assert words not in told(replace(LEAST, **change))


def test_what_there_is_nothing_of_is_not_spoken_of():
    without = told(replace(LEAST, counts=dict.fromkeys(TABLES, 0)))
    assert told(LEAST) == without
    assert "confidentiality" not in without
    assert not re.search(r"\b0\b", without)


def test_what_is_always_so_is_always_said():
    for words in (
        "encrypted file (AES, 256 bits) on my computer", "sends nothing over the internet",
        "records neither sound nor picture", "A copy of everything", "That something wrong is corrected",
        "That everything is erased", "both without your name",
    ):  # fmt: skip
        assert words in told(LEAST)


def test_every_table_and_detail_has_words(desk: Desk):
    with desk.store.session() as db:
        owned = ClientRows(db, "").owned.keys()
    assert owned - {"client", "erasure"} == TABLES.keys()
    common = {"id", "created_at", "updated_at", "name", "kind"}
    assert set(clients.Client.model_fields) - common == DETAILS.keys()


def test_the_facts_are_those_of_the_records(kept: Desk):
    client = kept.do(clients.add, "Ada", email="ada@example.org", needs_pace="slow")
    kept.do(agreements.agree, client.id, confidentiality="Nothing leaves the room", exceptions="Danger")
    kept.do(canvas.add, client.id, "a line")
    kept.do(canvas.add, client.id, "a private line", private=True)
    kept.do(commitments.add, client.id, "Write")
    kept.do(private_settings.keep, "coach_name", "Kim Lee")
    kept.change_setting("privacy.lock_minutes", 7)
    kept.change_setting("privacy.retention_years", 3)
    backup.back_up(kept.store, kept.home.backups, kept.now())
    so = read(kept, client.id)
    assert {"client": 1, "agreement": 1, "canvas_line": 1, "commitment": 1} == {k: n for k, n in so.counts.items() if n}
    assert replace(so, counts={}) == Facts(
        date(2026, 3, 2), private=1, details=("email", "needs_pace"), confidentiality="Nothing leaves the room",
        exceptions="Danger", ways=frozenset({"passphrase", "recovery"}), backups=1, lock_minutes=7, retention_years=3,
        sender=("Kim Lee",),
    )  # fmt: skip


def test_the_facts_of_one_are_not_those_of_another(kept: Desk):
    with kept.store.session() as db:
        ada, bob = plant(db, "ada", private=True), plant(db, "bob")
    assert 2 == read(kept, ada.ids["client"]).private
    assert 1 == read(kept, bob.ids["client"]).private
    assert 1 == read(kept, bob.ids["client"]).counts["session"]
    assert "bob" not in told(read(kept, ada.ids["client"]))


def test_the_agreement_in_force_is_the_one_told(kept: Desk, clock):
    client = kept.do(clients.add, "Ada")
    kept.do(agreements.agree, client.id, confidentiality="Old words")
    clock.advance(60)
    kept.do(agreements.agree, client.id, confidentiality="New words")
    assert "New words" in told(read(kept, client.id))
    assert "Old words" not in told(read(kept, client.id))


def test_it_says_nothing_of_what_was_written(kept: Desk):
    client = kept.do(clients.add, "Ada Lovelace", conflict_note="secretword")
    row = kept.do(sessions.start, client.id, minutes=50)
    kept.do(sessions.edit, row.id, what_mattered="secretword", self_check="secretword")
    kept.do(canvas.add, client.id, "secretword", private=True)
    so = told(read(kept, client.id))
    assert "secretword" not in so
    assert "Lovelace" not in so


def test_where_the_key_file_cannot_be_read_nothing_is_said_of_the_ways(desk: Desk):
    client = desk.do(clients.add, "Ada")
    assert frozenset() == read(desk, client.id).ways


def test_nobodys_sheet_is_refused(kept: Desk):
    with pytest.raises(Refused):
        read(kept, "nobody")


def test_the_file_is_named_after_the_day_alone():
    assert "what-i-keep-2026-03-02.pdf" == sheet.file_name(date(2026, 3, 2), "pdf")
