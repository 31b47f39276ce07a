"""Taking rows out: the words of a whole client leave the search indexes in one go, single words at once."""

from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from coachdesk.clock import Now
from coachdesk.practice import clients, forget
from coachdesk.storage import removal
from tests.storage.conftest import read_only

ENDINGS = [f"{new}{log}" for new in ("", ".new") for log in ("", "-wal", "-shm", "-journal")]


def _at_once(driver: Any) -> set[int]:
    """Whether the indexes take deleted words out at once, as they are set."""
    names = [name for (name,) in driver.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%USING fts5(%'")]
    said = "SELECT v FROM \"{}_config\" WHERE k = 'secure-delete'"
    return {driver.execute(said.format(name)).fetchone()[0] for name in names if name.removesuffix("_terms") == name}


def test_while_a_client_goes_words_are_left_for_the_scrubbing_and_afterwards_go_at_once(db: Session, now: Now) -> None:
    driver = db.connection().connection.driver_connection
    assert {1} == _at_once(driver)
    with removal.words_left(driver):
        assert {0} == _at_once(driver)
    assert {1} == _at_once(driver)


def test_forgetting_leaves_words_for_the_scrubbing_only_while_it_deletes(db: Session, now: Now) -> None:
    ada = clients.add(db, "Ada", now=now)
    driver = db.connection().connection.driver_connection
    said: list[str] = []
    driver.set_trace_callback(said.append)
    forget.forget(db, ada.id, now=now)
    driver.set_trace_callback(None)
    taken = next(at for at, each in enumerate(said) if each.startswith("DELETE FROM client"))
    told = [(at, each[-2]) for at, each in enumerate(said) if "'secure-delete'" in each]
    assert {"0"} == {value for at, value in told if at < taken}
    assert {"1"} == {value for at, value in told if at > taken}
    assert {1} == _at_once(driver)


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_unfinished_copy_of_ours_is_cleared_away_and_nothing_else_called_so(tmp_path: Path, ending: str) -> None:
    ours = [tmp_path / f"a.db.rewriting{ending}", tmp_path / f"gone.rewriting{ending}"]
    theirs = [tmp_path / f"chapter.rewriting{ending}", tmp_path / f"a.db.rewriting{ending}.odt", tmp_path / "a.db"]
    for path in [*ours, *theirs]:
        path.touch()
    removal.clear_away(tmp_path, lambda path: path in (tmp_path / "a.db", ours[1]))
    assert {*theirs} == {*tmp_path.glob("*.*")}


def test_a_folder_called_like_an_unfinished_copy_stays(tmp_path: Path) -> None:
    (tmp_path / "a.db.rewriting").mkdir()
    removal.clear_away(tmp_path, lambda _path: True)
    assert [tmp_path / "a.db.rewriting"] == list(tmp_path.glob("*.*"))


def test_an_unfinished_copy_that_cannot_be_removed_stays(tmp_path: Path) -> None:
    (tmp_path / "a.db.rewriting").touch()
    with read_only(tmp_path):
        removal.clear_away(tmp_path, lambda _path: True)
    assert [tmp_path / "a.db.rewriting"] == list(tmp_path.glob("*.*"))
