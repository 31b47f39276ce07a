"""A client's whole data: everything of theirs is in, nothing of anyone else, private lines only by choice."""

import json
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text as sql

from coachdesk.clock import Now
from coachdesk.desk import Desk
from coachdesk.errors import Refused
from coachdesk.exchange import client_data
from coachdesk.exchange.client_rows import ClientRows, private_lines, tables
from coachdesk.exchange.client_words import FIELDS, TABLES, TECHNICAL
from coachdesk.practice import canvas, clients, commitments, drafts, notes, private_settings, sessions
from coachdesk.practice.checklists import FIRST_SESSION, items, tick
from tests.exchange.whole_client import CODES, Planted, plant

BERLIN = ZoneInfo("Europe/Berlin")
VOID = {"meta", "br", "link", "img", "hr", "input"}
NEVER = {"reflection", "reflection_answer", "setting_private", "prompt", "checklist", "checklist_item"}
"""Tables that are about the coach, not about a client."""


class Page(HTMLParser):
    """A page as a browser reads it; what is not closed as it was opened is noted."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.tags: set[str] = set()
        self.references: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        self.references += [value or "" for name, value in attrs if name in ("src", "href", "action", "background")]

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def here(desk: Desk) -> tuple[Planted, Planted]:
    """Ada, of whom there is a row in every table, and Bob, of whom too."""
    with desk.store.session() as db:
        return plant(db, "ada"), plant(db, "bob")


def handed(desk: Desk, client_id: str, folder: Path, *, with_private: bool = False) -> dict[str, str]:
    """The files of the zip, by name."""
    folder.mkdir(exist_ok=True)
    path = folder / "data.zip"
    desk.read(client_data.write, client_id, path, zone=BERLIN, with_private=with_private)
    with zipfile.ZipFile(path) as bundle:
        assert bundle.testzip() is None
        return {name: bundle.read(name).decode() for name in bundle.namelist()}


def test_every_text_of_the_client_is_in_the_data(desk: Desk, here: tuple[Planted, Planted], tmp_path: Path):
    data = json.loads(handed(desk, here[0].ids["client"], tmp_path / "out", with_private=True)["data.json"])
    lent = {"checklist", "checklist_item"}
    wanted = {(table, column): word for (table, column), word in here[0].words.items() if table not in lent}
    assert wanted == {(table, column): data[table][0][column] for table, column in wanted}


def test_every_text_of_the_client_is_on_the_page(desk: Desk, here: tuple[Planted, Planted], tmp_path: Path):
    page = handed(desk, here[0].ids["client"], tmp_path / "out", with_private=True)["readable.html"]
    wanted = {
        word for (table, column), word in here[0].words.items() if table != "checklist" and column not in TECHNICAL
    }
    assert set() == {word for word in wanted if word not in page} - {
        here[0].words["checklist_item", name] for name in ("key", "evidence")
    }


@pytest.mark.parametrize("with_private", [True, False])
def test_nothing_of_anyone_else_is_in(desk: Desk, here: tuple[Planted, Planted], tmp_path: Path, with_private: bool):
    desk.do(private_settings.keep, "coach_name", "ownwords")
    files = handed(desk, here[0].ids["client"], tmp_path / "out", with_private=with_private)
    assert "bob" not in "".join(files.values()).lower()
    assert "ownwords" not in "".join(files.values())
    assert set() == NEVER & json.loads(files["data.json"]).keys()


def test_private_lines_go_only_by_choice(desk: Desk, tmp_path: Path):
    with desk.store.session() as db:
        ada = plant(db, "ada", private=True)
    desk.do(drafts.keep, "private", ada.ids["client"], "line", "privatedraft")
    desk.do(drafts.keep, "session", ada.ids["session"], "self_check", "checkdraft")
    desk.do(drafts.keep, "canvas", ada.ids["canvas_line"], "text", "changeddraft")
    private = {
        ada.words["canvas_line", "text"], ada.words["session", "self_check"], "privatedraft", "checkdraft",
        "changeddraft",
    }  # fmt: skip
    without = handed(desk, ada.ids["client"], tmp_path / "out")
    told = "".join(without.values())
    assert set() == {word for word in private if word in told}
    assert "are not in it" in without["README.txt"]
    assert "are not included" in without["readable.html"]
    assert ["canvas_line where private", "session.self_check"] == json.loads(without["data.json"])["about"]["left_out"]
    with_it = handed(desk, ada.ids["client"], tmp_path / "out", with_private=True)
    for name in ("data.json", "readable.html"):
        assert private == {word for word in private if word in with_it[name]}
    assert "private lines about their own work with you" in with_it["README.txt"]


def test_how_much_is_private_can_be_told(desk: Desk):
    with desk.store.session() as db:
        ada = plant(db, "ada", private=True)
        assert 2 == private_lines(db, ada.ids["client"])
        assert 0 == private_lines(db, "nobody")


def test_what_belongs_to_a_client_is_every_table_but_the_coachs_own(desk: Desk):
    with desk.store.session() as db:
        owned = ClientRows(db, "").owned.keys()
        there = set(db.execute(sql("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars())
    ours = {name for name in tables() if name in there}
    assert ours == owned | NEVER
    assert {name for name in there if not name.startswith(("sqlite_", "alembic"))} - ours == {
        name for name in there if "search" in name
    }


def test_each_table_and_field_has_words(desk: Desk):
    with desk.store.session() as db:
        owned = ClientRows(db, "").owned
    assert set() == owned.keys() - TABLES.keys()
    columns = {column for each in owned.values() for column in each.table.columns.keys()}  # noqa: SIM118
    assert set() == columns - FIELDS.keys() - TECHNICAL
    assert {name.partition(".")[2] for name in CODES} <= FIELDS.keys()


def test_the_page_is_well_formed_and_asks_nothing_of_the_network(
    desk: Desk, here: tuple[Planted, Planted], tmp_path: Path
):
    text = handed(desk, here[0].ids["client"], tmp_path / "out", with_private=True)["readable.html"]
    page = Page()
    page.feed(text)
    page.close()
    assert ([], []) == (page.wrong, page.open)
    assert set() == page.tags & {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
    assert [] == [each for each in page.references if not each.startswith("#")]
    assert set() == {word for word in ("url(", "@import", "http:", "https:", "//") if word in text}
    assert "default-src 'none'" in text


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "</style><b>",
        '" onload="x',
        "&amp; <!-- -->",
        "שלום <עולם>",
        "ليلى 🕊️",
        "我\n会\r\n写",
        "\x1b[0m",
    ],
)
def test_any_words_stay_words(desk: Desk, tmp_path: Path, words: str):
    client = desk.do(clients.add, "Ada")
    desk.do(canvas.add, client.id, words)
    files = handed(desk, client.id, tmp_path / "out")
    assert words == json.loads(files["data.json"])["canvas_line"][0]["text"]
    page = Page()
    page.feed(files["readable.html"])
    assert set() == page.tags & {"script", "b"}
    assert "".join(words.replace("\x1b", "").split()) in "".join(page.text.split())
    assert files["readable.html"].count('dir="auto"') > 3


def test_what_belongs_together_stands_together(desk: Desk, tmp_path: Path, clock):
    client = desk.do(clients.add, "Ada")
    row = desk.do(sessions.start, client.id, minutes=50)
    desk.do(notes.jot, "A line of the note")
    promise = desk.do(commitments.add, client.id, "Write to the board", owner="client", session_id=row.id)
    clock.advance(60 * 50)
    desk.do(sessions.finish)
    desk.do(commitments.review, promise.id, "kept", note="It was well received")
    item = desk.read(items, FIRST_SESSION)[0]
    desk.do(tick, client.id, item.id)
    page = handed(desk, client.id, tmp_path / "out")["readable.html"]
    held = page[page.index('<section id="session">') : page.index('<section id="commitment">')]
    promised = page[page.index('<section id="commitment">') : page.index('<section id="tick">')]
    assert "A line of the note" in held
    assert "Monday, 2 March 2026, 13:00" in held
    assert "50 min 0 s" in held
    assert promised.index("Write to the board") < promised.index("It was well received")
    assert item.text.replace("'", "&#x27;") in page
    assert "Reminders shown" not in page  # what there is nothing of is not spoken of


def test_it_is_the_same_every_time(desk: Desk, here: tuple[Planted, Planted], tmp_path: Path):
    for name in ("one", "two"):
        desk.read(client_data.write, here[0].ids["client"], tmp_path / name, zone=BERLIN)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_how_much_was_written_is_told(desk: Desk, here: tuple[Planted, Planted], tmp_path: Path):
    counts = desk.read(client_data.write, here[0].ids["client"], tmp_path / "a.zip", zone=BERLIN, with_private=True)
    with desk.store.session() as db:
        assert dict.fromkeys(ClientRows(db, "").owned, 1) == counts


def test_progress_goes_from_nothing_to_all(desk: Desk, here: tuple[Planted, Planted], tmp_path: Path):
    told: list[float] = []
    desk.read(client_data.write, here[0].ids["client"], tmp_path / "a.zip", zone=BERLIN, progress=told.append)
    assert (0.0, 1.0) == (told[0], told[-1])
    assert sorted(told) == told


def test_work_that_is_stopped_leaves_no_file(desk: Desk, here: tuple[Planted, Planted], tmp_path: Path):
    folder = tmp_path / "out"
    folder.mkdir()

    def stop(share: float) -> None:
        if share > 0.3:
            raise StopAsyncIteration

    with pytest.raises(StopAsyncIteration):
        desk.read(client_data.write, here[0].ids["client"], folder / "a.zip", zone=BERLIN, progress=stop)
    assert [] == list(folder.iterdir())


def test_thousands_of_rows_come_in_batches(desk: Desk, tmp_path: Path, now: Now):
    client = desk.do(clients.add, "Ada")

    def fill(db, *, now: Now) -> None:
        for number in range(450):
            canvas.add(db, client.id, f"line {number:04}", now=now)

    desk.do(fill)
    files = handed(desk, client.id, tmp_path / "out")
    assert {f"line {number:04}" for number in range(450)} == {
        row["text"] for row in json.loads(files["data.json"])["canvas_line"]
    }
    assert 450 == files["readable.html"].count(">line ")
    with desk.store.session() as db:
        assert [200, 200, 50] == [len(batch) for batch in ClientRows(db, client.id).batches("canvas_line")]


def test_nobodys_data_is_refused(desk: Desk, tmp_path: Path):
    with pytest.raises(Refused, match="no longer there"):
        desk.read(client_data.write, "nobody", tmp_path / "a.zip", zone=BERLIN)
    assert not (tmp_path / "a.zip").exists()


def test_the_file_is_named_after_the_day_alone(now: Now):
    assert "coaching-data-2026-03-02.zip" == client_data.file_name(now.at.date())
