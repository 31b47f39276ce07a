"""The command line as data is the one that the program understands."""

from coachdesk.cli import app
from installer import commandline

ROOT = commandline.read()
COMMANDS = {command.words: command for command in ROOT.every()}


def test_every_noun_is_there_in_the_order_of_the_help() -> None:
    assert list(app.NOUNS) == [noun.words[0] for noun in ROOT.below]


def test_verbs_lie_below_their_noun_with_their_help() -> None:
    assert COMMANDS["focus", "undo"].help.startswith("Put everything back now")


def test_an_option_tells_what_it_expects() -> None:
    minutes = COMMANDS["focus", "on"].options[0]
    assert ("--minutes", "N", True) == (minutes.name, minutes.value, minutes.required)


def test_a_range_is_told_without_saying_what_the_usage_says() -> None:
    minutes = COMMANDS["focus", "on"].options[0]
    assert minutes.help.endswith("[1<=x<=480]")
    assert "How long it is to last." == minutes.explained


def test_words_to_choose_from_are_read_from_the_help() -> None:
    assert ("kept", "partly", "carried", "released") == COMMANDS["commitment", "review"].arguments[1].choices
    assert ("dmy", "mdy") == next(each for each in COMMANDS["import", "icf-log"].options if each.choices).choices


def test_a_sentence_is_no_list_of_words() -> None:
    assert () == commandline.Taken("FILE", "Ends on .csv or .xlsx.").choices
    assert () == commandline.Taken("CLIENT", "An id, or a name that only one client has.").choices


def test_what_is_a_path_is_known() -> None:
    assert COMMANDS["export", "archive"].arguments[0].is_file
    assert COMMANDS[()].options[0].is_file
    assert not COMMANDS["client", "show"].arguments[0].is_file


def test_no_option_stands_alone_here_and_has_a_value_there() -> None:
    options = [option for command in ROOT.every() for option in command.options]
    assert set() == {each.name for each in options if each.value} & {each.name for each in options if not each.value}
