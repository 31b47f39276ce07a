"""The sentence of the bar stays a while, and as long as it cannot be read."""

from coachdesk.ui.bar_said import Said


def test_it_stays_a_while():
    said = Said()
    said.tell("The session is paused.")
    said.look(hidden=False)
    assert "The session is paused." == said.sentence


def test_it_goes_by_itself_but_not_while_everything_is_hidden():
    said = Said(stays=-1)
    said.tell("The session is paused.")
    said.look(hidden=True)
    assert "The session is paused." == said.sentence
    said.look(hidden=False)
    assert "" == said.sentence


def test_it_can_be_put_away():
    said = Said()
    said.tell("The session is paused.")
    said.put_away()
    assert "" == said.sentence
