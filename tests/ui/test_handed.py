"""A file that was double-clicked: opened at once, or when nothing stands before it any more; never over a session."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog

from coachdesk.practice import clients, sessions
from coachdesk.storage import store
from coachdesk.ui.dialogs.import_archive import ImportArchive
from tests.another_computer import sealed_archive

SECRET = "a bridge over quiet water"


@pytest.fixture
def file(tmp_path, now) -> Path:
    """A sealed archive of another computer's records, which hold Ada."""
    return sealed_archive(tmp_path, SECRET, now)


def ask(program, path) -> dict:
    """Hand a file over, as another start of CoachDesk does."""
    return program.answer({"verb": "raise", "arguments": {"file": str(path)}})


def offered(program) -> list[QDialog]:
    return [each for each in program.window.findChildren(QDialog) if each.isVisible()]


def said(program) -> str:
    return program.window.message.sentence.replace("\u200b", "")


def opened(qtbot, program, locked):
    """Open the records, and wait until they are looked after."""
    program.opening.adopt(store.open(program.desk.home.records, locked[0]))
    qtbot.waitUntil(lambda: not program.tasks.busy, timeout=20_000)
    return program


def take_in(qtbot, program):
    (dialog,) = offered(program)
    dialog.passphrase.field.setText(SECRET)
    dialog.act.click()


def test_it_is_offered_in_the_window_that_is_open(qtbot, start, locked, file):
    program = opened(qtbot, start(), locked)
    program.window.step_aside()
    assert {"ok": None} == ask(program, file)
    assert not program.window.isMinimized()
    take_in(qtbot, program)
    qtbot.waitUntil(lambda: program.window.page_name == "today" and program.desk.is_open, timeout=20_000)
    assert ["Ada"] == [client.name for client in program.desk.read(clients.present)]
    qtbot.waitUntil(lambda: not program.tasks.busy, timeout=20_000)


def test_while_locked_it_waits_and_is_offered_once_the_records_are_open(qtbot, start, locked, file):
    program = start()
    ask(program, file)
    assert ("unlock", "All of it.coachdesk waits until the records are open.") == (
        program.window.page_name,
        said(program),
    )
    assert [] == offered(program)
    opened(qtbot, program, locked)
    qtbot.waitUntil(lambda: [ImportArchive] == [type(each) for each in offered(program)])
    offered(program)[0].reject()


def test_given_at_the_start_it_waits_for_the_first_window(qtbot, start, locked, file):
    program = start()
    program.handed._begun = False
    program.handed.take(file)
    assert "" == said(program)
    program.handed.begin()
    assert "waits until the records are open" in said(program)


def test_in_a_first_run_it_is_what_one_begins_with(qtbot, start, file):
    program = start()
    ask(program, file)
    take_in(qtbot, program)
    qtbot.waitUntil(lambda: [] == offered(program))
    words = program.window.page.bringing
    assert (True, True) == (words.isVisible(), "All of it.coachdesk" in words.text().replace("\u200b", ""))


def test_in_a_later_step_of_it_the_window_says_so(qtbot, start, file):
    program = start()
    program.window.page.next.click()
    ask(program, file)
    take_in(qtbot, program)
    qtbot.waitUntil(lambda: "comes in at the end of these steps" in said(program))


def test_it_does_not_come_over_a_session_and_is_told_calmly_in_the_window(qtbot, start, locked, file, clock):
    program = opened(qtbot, start(), locked)
    ada = program.desk.do(clients.add, "Ada")
    program.desk.do(sessions.start, ada.id, minutes=50)
    program.window.step_aside()
    ask(program, file)
    assert (True, True, []) == (program.window.session_runs(), program.window.isMinimized(), offered(program))
    assert "All of it.coachdesk waits until the session is over." == said(program)


def test_after_the_session_it_is_taken_up_once_that_is_closed(qtbot, start, locked, file, clock):
    program = opened(qtbot, start(), locked)
    ada = program.desk.do(clients.add, "Ada")
    program.desk.do(sessions.start, ada.id, minutes=50)
    ask(program, file)
    program.window.start_at("session")
    program.desk.do(sessions.finish)
    qtbot.waitUntil(lambda: program.window.page_name == "close")
    qtbot.wait(10)
    assert "There are records here already" not in said(program)
    program.window.start_at("today")
    qtbot.waitUntil(lambda: "There are records here already" in said(program))
    assert ([], ["Ada"]) == (offered(program), [each.name for each in program.desk.read(clients.present)])


def gone(folder: Path) -> Path:
    return folder / "gone.coachdesk"


def a_folder(folder: Path) -> Path:
    (folder / "folder.coachdesk").mkdir()
    return folder / "folder.coachdesk"


def a_letter(folder: Path) -> Path:
    (folder / "letter.coachdesk").write_text("Dear Ana")
    return folder / "letter.coachdesk"


def a_picture(folder: Path) -> Path:
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return folder / "picture.png"


UNFIT = [
    (gone, "gone.coachdesk is not there any more"),
    (a_folder, "folder.coachdesk is a folder"),
    (a_letter, "This file is not an archive of CoachDesk"),
    (a_picture, "CoachDesk does not know what to do with a file of this kind."),
]


@pytest.mark.parametrize(("make", "sentence"), UNFIT)
def test_what_is_no_archive_is_told_in_one_sentence(qtbot, start, locked, tmp_path, make, sentence):
    program = opened(qtbot, start(), locked)
    before = program.desk.home.records.read_bytes()
    ask(program, make(tmp_path))
    assert (True, []) == (sentence in said(program), offered(program)), said(program)
    assert ("today", before) == (program.window.page_name, program.desk.home.records.read_bytes())


def test_what_is_gone_is_told_at_once_also_while_locked(start, locked, tmp_path):
    program = start()
    ask(program, gone(tmp_path))
    assert ("unlock", f"{gone(tmp_path)} is not there any more. Nothing was changed.") == (
        program.window.page_name,
        said(program),
    )


@pytest.mark.parametrize(("make", "sentence"), UNFIT[:3])
def test_nor_does_a_first_run_begin_with_one(qtbot, start, tmp_path, make, sentence):
    program = start()
    ask(program, make(tmp_path))
    assert (True, [], "first_run") == (sentence in said(program), offered(program), program.window.page_name)


@pytest.mark.parametrize("arguments", [None, {}, {"file": 5}, {"file": ""}, {"file": "a\0b"}, "file", ["file"]])
def test_without_a_usable_file_the_window_only_comes_forward(start, arguments):
    program = start()
    program.window.step_aside()
    assert {"ok": None} == program.answer({"verb": "raise", "arguments": arguments})
    assert (False, "") == (program.window.isMinimized(), said(program))


ASKED_BY_THE_SYSTEM = """
import sys
from pathlib import Path
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from coachdesk.machine.here import FakeMachine
from coachdesk.paths import Home
from coachdesk.ui.program import Program

machine = FakeMachine()
program = Program(["coachdesk"], Home(Path(sys.argv[1])), machine, machine)
program.app.sendEvent(program.app, QFileOpenEvent(QUrl("coachdesk:nothing")))
program.app.sendEvent(program.app, QFileOpenEvent(QUrl.fromLocalFile(sys.argv[2])))
program.show()
while not program.begun:
    program.app.processEvents()
print(program.window.message.sentence)
program.put_away()
"""


def test_what_the_system_asks_to_open_is_opened_once_the_window_is_there(home, tmp_path):
    """A process of its own: an application of ours can be made only where there is none yet."""
    words = [sys.executable, "-c", ASKED_BY_THE_SYSTEM, str(home.root), str(tmp_path / "gone.coachdesk")]
    told = subprocess.run(words, capture_output=True, text=True, timeout=60, check=True)
    assert f"{tmp_path / 'gone.coachdesk'} is not there any more. Nothing was changed.\n" == told.stdout
