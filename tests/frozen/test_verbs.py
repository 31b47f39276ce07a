"""Every verb works frozen: records, older forms of them, every kind of file, and no Python within reach."""

import shutil
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from coachdesk import __version__
from coachdesk.cli.app import NOUNS
from coachdesk.storage import keys, migrate
from tests.exchange import pages
from tests.frozen.person import PASSPHRASE, Person
from tests.storage import released
from tests.storage.test_upgrades import lost, revision_of, values

pytestmark = pytest.mark.frozen

WORDS = ("Send the two pages", "Очень рада", "Ελληνικά", "naïve — “quoted” …")
OTHERS = ("שלום עולם", "ليلى تكتب", "मैं कल लिखूँगा", "我会写信", "🌿")
"""Scripts whose letters a PDF tells in another order or form than they were typed."""


def test_it_tells_its_version(person: Person) -> None:
    process = person.start("--version")
    assert (f"CoachDesk {__version__}\n", "") == process.communicate(timeout=60)


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_is_in_and_explains_itself(person: Person, noun: str) -> None:
    process = person.start(noun, "--help")
    out, err = process.communicate(timeout=60)
    assert (0, "", True) == (process.returncode, err, out.startswith(f"Usage: coachdesk {noun}")), err


def test_records_are_made_filled_and_backed_up(person: Person) -> None:
    made = person.told("init")
    assert (str(person.home.root), ["passphrase", "recovery"]) == (made["home"], made["ways"])
    person.told("client", "add", "Ada")
    assert ["Ada"] == [client["name"] for client in person.told("client", "list")]
    assert "Ada" in person.run("search", "Ada").stdout
    assert 0 == person.run("backup", "now").returncode
    assert 0 == person.run("backup", "verify").returncode
    assert list(person.home.backups.glob("records-*.db"))


@pytest.mark.parametrize("form", released.FORMS, ids=lambda path: path.stem)
def test_records_of_every_released_form_keep_every_value_in_the_present_one(
    person: Person, monkeypatch: pytest.MonkeyPatch, form: Path
) -> None:
    person.home.root.mkdir(parents=True)
    monkeypatch.setattr("secrets.token_bytes", lambda size: released.KEY[:size])
    keys.create(person.home.keys, passphrase=PASSPHRASE)
    shutil.copyfile(form, person.home.records)
    before, newest = values(person.home.records), migrate.revisions()[-1]

    assert person.told("client", "list")
    assert "ok" == person.told("doctor")["records"]["integrity"]
    assert (newest, []) == (revision_of(person.home.records), lost(before, values(person.home.records)))
    assert (form in released.EARLIER) == bool(list(person.home.backups.glob(f"before-migration-{form.stem}-*")))


def test_it_knows_itself_and_the_computer(person: Person) -> None:
    told = person.told("doctor")
    assert __version__ == told["versions"]["coachdesk"]
    assert {"python", "qt", "sqlcipher"} <= {name for name, version in told["versions"].items() if version[0].isdigit()}
    assert "no keychain that CoachDesk can trust" in person.run("doctor").stdout
    assert "headless" == told["machine"]["kind"]


def test_a_summary_in_any_script_becomes_a_pdf(coach: Person) -> None:
    session = coach.told("session", "start", "Ada")
    for words in (*WORDS, *OTHERS):
        coach.told("commitment", "add", "Ada", words, "--owner", "coach")
    coach.told("session", "finish")
    path = coach.root / "summary.pdf"
    done = coach.run("export", "summary", session["id"], str(path))
    assert 0 == done.returncode, done.stderr
    told = "".join(pages.texts(path))
    assert [] == [words for words in WORDS if words not in told]


def test_a_log_of_hours_becomes_a_sheet(coach: Person) -> None:
    path = coach.root / "log.xlsx"
    coach.told("export", "icf-log", str(path))
    assert CalamineWorkbook.from_path(path).sheet_names


def test_a_calendar_goes_out_and_comes_in(coach: Person) -> None:
    coach.told("session", "plan", "Ada", "--start", "2030-03-02T10:00")
    path = coach.root / "sessions.ics"
    coach.told("export", "calendar", str(path))
    assert "BEGIN:VEVENT" in path.read_text("utf-8")
    assert 0 == coach.run("import", "calendar", str(path)).returncode


def test_everything_goes_to_another_computer(coach: Person) -> None:
    path, other = str(coach.root / "all.coachdesk"), str(coach.root / "other")
    assert coach.told("export", "archive", path, "--archive-passphrase-file", str(coach.secret))["sealed"]
    coach.told("--home", other, "init")
    coach.told("--home", other, "import", "archive", path, "--archive-passphrase-file", str(coach.secret))
    assert ["Ada"] == [client["name"] for client in coach.told("--home", other, "client", "list")]


def test_a_client_gets_all_that_is_kept(coach: Person) -> None:
    path = coach.root / "ada.zip"
    coach.told("export", "client", "Ada", str(path))
    assert path.read_bytes().startswith(b"PK")


def test_a_rehearsal_passes_without_a_window(person: Person) -> None:
    played = person.told("rehearse", "--no-window")
    assert ([], True) == (played["missing"], len(played["timeline"]) > 5)


def test_the_week_and_the_hours_are_told(coach: Person) -> None:
    for words in (
        ("reflect", "show"),
        ("hours",),
        ("brief", "Ada"),
        ("agreement", "show", "Ada"),
        ("canvas", "list", "Ada"),
    ):
        assert 0 == coach.run(*words).returncode, words


def test_nothing_is_written_beside_the_program(person: Person, frozen: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in frozen.rglob("*")}
    person.told("init")
    person.told("client", "add", "Ada")
    assert before == {path: path.stat().st_mtime_ns for path in frozen.rglob("*")}
