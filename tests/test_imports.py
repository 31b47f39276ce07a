"""The window is there before the heavy libraries are, and the command line needs no window."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from coachdesk.paths import Home

pytestmark = pytest.mark.program

ROOT = Path(__file__).parent.parent
NEVER = {"alembic", "typer", "rich", "pyqtgraph", "numpy", "openpyxl", "xlsxwriter", "icalendar", "tomlkit"}
"""What the path of the window does without, until it is asked for."""
LATER = {"sqlmodel", "sqlalchemy", "pydantic", "sqlcipher3"}
"""What is imported once the first window is on screen."""
UNMADE = {"QStyle", "QListView", "QFileDialog", "QProcess"}
"""Classes of Qt that the first window does without; making the hundreds of names of the first takes 13 ms."""
PASSPHRASE = "a lantern on the stairs"


def output_of(*arguments: str) -> str:
    """What a Python process prints."""
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def window_of(home: Home, passphrase: str = "") -> dict[str, set[str]]:
    """The packages imported at the moments of the window."""
    seen = json.loads(output_of("-m", "tests.first_paint", str(home.root), passphrase).splitlines()[-1])
    return {moment: set(names) for moment, names in seen.items()}


@pytest.fixture
def records(home: Home) -> Home:
    """A home with records that a passphrase opens."""
    from coachdesk.storage import keys, store

    key, _code = keys.create(home.keys, passphrase=PASSPHRASE)
    store.create(home.records, key).close()
    return home


def test_the_first_run_is_painted_before_the_database_is_imported(home: Home) -> None:
    assert set() == window_of(home)["first paint"] & (NEVER | LATER | UNMADE)


def test_the_unlock_page_is_painted_before_the_database_is_imported(records: Home) -> None:
    assert set() == window_of(records)["first paint"] & (NEVER | LATER | UNMADE)


def test_the_style_is_the_same_on_every_system(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_STYLE_OVERRIDE", "Windows")
    assert {"fusion"} == window_of(home)["style"]


def test_opening_the_records_imports_nothing_that_only_other_faces_need(records: Home) -> None:
    seen = window_of(records, PASSPHRASE)["open"]
    assert set() == seen & NEVER
    assert seen >= LATER


def test_the_command_line_needs_no_window() -> None:
    assert "False" in output_of("-c", "import sys, coachdesk.cli, coachdesk.desk; print('PySide6' in sys.modules)")


def test_the_window_reads_and_keeps_the_source_of_no_module_of_ours() -> None:
    kept = "any('coachdesk' in name for name, entry in linecache.cache.items() if len(entry) > 1)"  # one: not read yet
    assert output_of("-c", f"import linecache, coachdesk.ui.main_window; print({kept})") == "False\n"
