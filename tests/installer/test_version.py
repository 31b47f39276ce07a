"""The version as Windows is told it."""

import ast
from pathlib import Path

import pytest

from coachdesk import __version__
from installer import version


@pytest.mark.parametrize(
    ("told", "numbers"),
    [("0.1.0", (0, 1, 0, 0)), ("1.12", (1, 12, 0, 0)), ("2.0.1rc1", (2, 0, 11, 0)), ("1.2.3.dev4", (1, 2, 3, 0))],
)
def test_windows_compares_four_numbers(told: str, numbers: tuple[int, ...]) -> None:
    assert numbers == version.numbers(told)


def test_the_resource_is_what_pyinstaller_reads_and_names_the_version(tmp_path: Path) -> None:
    text = Path(version.resource(tmp_path, "win32")).read_text("utf-8")
    tree = ast.parse(text, mode="eval")
    strings = [node.args for node in ast.walk(tree) if isinstance(node, ast.Call) and len(node.args) == 2]
    told = {name.value: value.value for name, value in strings if isinstance(value, ast.Constant)}
    assert (__version__, "CoachDesk") == (told["ProductVersion"], told["FileDescription"])


def test_other_systems_have_no_such_resource(tmp_path: Path) -> None:
    assert version.resource(tmp_path / "work", "linux") is None
    assert not (tmp_path / "work").exists()
