"""The table of what was noted says what grew."""

from dataclasses import replace

import pytest

from tests.soak.notes import Note, table

NOTE = Note(1, 0.0, 170.0, 190.0, 120.0, 7, 32, 0, 101, 19, 1, 950, 150_000, 8.0)


def notes(**more: float) -> list[Note]:
    """Two hours of rounds; what is named grows by so much in each."""
    return [
        replace(NOTE, round=at, hours=at / 60, **{name: getattr(NOTE, name) + each * at for name, each in more.items()})
        for at in range(120)
    ]


def verdicts(of: list[Note]) -> dict[str, str]:
    """The last word of each line, by its first."""
    lines = [line for line in table(of).splitlines()[1:] if line.endswith(("grows", "flat", "no more", "falls"))]
    return {line.split("  ")[0]: line.split("  ")[-1].strip() for line in lines}


def test_what_stays_as_it_is_is_flat_and_no_more() -> None:
    assert {"flat", "no more"} == set(verdicts(notes()).values())


@pytest.mark.parametrize(
    ("name", "line", "each"),
    [("pss", "memory (PSS, MiB)", 0.01), ("files", "open files", 0.1), ("x_windows", "windows on the screen (X11)", 1)],
)
def test_what_grows_is_named(name: str, line: str, each: float) -> None:
    grown = verdicts(notes(**{name: each}))
    assert {line} == {what for what, verdict in grown.items() if verdict == "grows"}


def test_a_few_rounds_are_not_judged() -> None:
    assert "8 rounds; too few to judge." == table(notes()[:8])
