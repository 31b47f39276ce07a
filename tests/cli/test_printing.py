"""Values in words for a terminal."""

import pytest

from coachdesk.cli import printing


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (7, "7"),
        ("two\n\n lines \r\n", "two / lines"),
        ("\x1b[31mred\x07\x9b", "[31mred"),
        ("a\u2028b", "a / b"),
        ("שלום 🌱", "שלום 🌱"),
        ("to\u202eroloc\u2066", "toroloc"),
    ],
)
def test_a_value_is_one_line_that_cannot_steer_the_terminal(value: object, shown: str) -> None:
    assert shown == printing.line(value)


def test_columns_stand_below_each_other_also_with_wide_and_combining_letters() -> None:
    rows = [{"a": "漢字", "b": "x"}, {"a": "e\u0301", "b": "y"}, {"a": None, "b": "z"}]
    assert ["A     B", "漢字  x", "e\u0301     y", "      z"] == printing.table(rows, {"a": "A", "b": "B"}, "").split(
        "\n"
    )


def test_a_long_cell_does_not_push_the_other_rows_away() -> None:
    rows = [{"a": "x" * 200, "b": "1"}, {"a": "y", "b": "2"}]
    assert "y" + " " * 61 + "2" == printing.table(rows, {"a": "A", "b": "B"}, "").split("\n")[2]


def test_no_rows_are_said_in_words() -> None:
    assert "None yet." == printing.table([], {"a": "A"}, "None yet.")


def test_what_is_empty_is_left_out_of_a_sheet() -> None:
    assert "A: 1\nD: 0" == printing.sheet([("A", 1), ("B", ""), ("C", None), ("D", 0), ("E", [])])


def test_moments_are_shown_in_local_time() -> None:
    assert "2026-03-02 15:30" == printing.when("2026-03-02T14:30:00+00:00")
    assert "15:30" == printing.clock_time("2026-03-02T14:30:00+00:00")
    assert "" == printing.when(None)


def test_lengths_are_shown_in_minutes_and_hours() -> None:
    assert ("", "1 min", "1.25") == (printing.minutes(None), printing.minutes(80), printing.hours(4500))
