"""Handing out by name: a session's summary and a client's whole data."""

import json
import zipfile
from pathlib import Path

import pytest

from coachdesk.desk import Desk
from coachdesk.practice import canvas, commitments, sessions
from tests.exchange import pages
from tests.verbs.conftest import Ask


@pytest.fixture
def session(desk: Desk, ada: str) -> str:
    """A session in which something was promised."""
    row = desk.do(sessions.start, ada, minutes=50)
    desk.do(commitments.add, ada, "Call the board", owner="client", session_id=row.id)
    return row.id


@pytest.mark.parametrize(
    ("ending", "words"), [("txt", "• Call the board"), ("md", "- Call the board"), ("MD", "- Call")]
)
def test_a_summary_is_written_in_the_format_its_name_ends_on(
    ask: Ask, session: str, tmp_path: Path, ending: str, words: str
):
    path = tmp_path / f"a.{ending}"
    assert {"path": str(path), "lines": 1} == ask("summary.export", session=session, path=str(path))
    assert words in path.read_text("utf-8")


@pytest.mark.usefixtures("qapp")
def test_a_summary_is_written_as_pdf(ask: Ask, session: str, tmp_path: Path):
    ask("summary.export", session=session, path=str(tmp_path / "a.pdf"))
    assert "Call the board" in pages.texts(tmp_path / "a.pdf")[0]


def test_another_format_is_refused(refused: Ask, session: str, tmp_path: Path):
    assert ".pdf, .md, .txt" in refused("summary.export", session=session, path=str(tmp_path / "a.docx"))


def test_a_file_is_replaced_only_with_force(ask: Ask, refused: Ask, ada: str, session: str, tmp_path: Path):
    for verb, whom, name in (
        ("summary.export", {"session": session}, "a.md"),
        ("client_data.export", {"client": ada}, "a.zip"),
    ):
        path = tmp_path / name
        path.write_text("old")
        assert "There is a file already" in refused(verb, path=str(path), **whom)
        assert "old" == path.read_text()
        ask(verb, path=str(path), force=True, **whom)
        assert b"old" != path.read_bytes()


def test_a_session_that_is_not_there_is_refused(refused: Ask, tmp_path: Path):
    assert "no longer there" in refused("summary.export", session="none", path=str(tmp_path / "a.md"))


def test_a_clients_data_is_written(desk: Desk, ask: Ask, ada: str, session: str, tmp_path: Path):
    desk.do(canvas.add, ada, "for me alone", private=True)
    for with_private in (False, True):
        path = tmp_path / f"{with_private}.zip"
        told = ask("client_data.export", client="Ada", path=str(path), with_private=with_private)
        assert with_private == told["with_private"] == ("canvas_line" in told["counts"])
        assert (1, 1) == (told["counts"]["session"], told["counts"]["commitment"])
        with zipfile.ZipFile(path) as bundle:
            assert with_private == bool(json.loads(bundle.read("data.json"))["canvas_line"])
