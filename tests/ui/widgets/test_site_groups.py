"""Groups of websites are chosen with a switch; what is in one can be read before."""

import pytest

from coachdesk.focus import sites
from coachdesk.ui.widgets.site_groups import SiteGroups, examples
from tests.ui.hands import press, words_on


@pytest.fixture
def card(qtbot, desk, quiet_shell):
    made = SiteGroups(desk, quiet_shell)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_seven_groups_are_there_and_none_is_chosen(card):
    assert [group.id for group in sites.groups()] == list(card.rows)
    assert 7 == len(card.rows)
    assert not any(row.toggle.isChecked() for row in card.rows.values())


def test_a_group_is_chosen_with_its_switch_and_let_go_again(desk, card):
    press(card, "Keep away: News")
    press(card, "Keep away: Games")
    assert ("games", "news") == desk.settings.focus.site_groups
    press(card, "Keep away: News")
    assert ("games",) == desk.settings.focus.site_groups


def test_a_change_elsewhere_is_shown(desk, card):
    desk.change_setting("focus.site_groups", ["video"])
    card.show_settings(desk.settings)
    assert ["video"] == [name for name, row in card.rows.items() if row.toggle.isChecked()]


def test_a_group_of_another_version_stays_in_the_settings(desk, card):
    desk.change_setting("focus.site_groups", ["from tomorrow"])
    press(card, "Keep away: News")
    assert ("from tomorrow", "news") == desk.settings.focus.site_groups


def test_a_group_shows_examples_and_all_of_it_on_request(card):
    group = card.rows["games"].group
    assert f"Such as {', '.join(examples(group.hosts))}." in words_on(card)
    assert ", ".join(group.hosts) not in words_on(card)
    press(card, f"Games: show all {len(group.hosts)} websites")
    assert ", ".join(group.hosts) in words_on(card)
    press(card, f"Games: show all {len(group.hosts)} websites")
    assert ", ".join(group.hosts) not in words_on(card)


def test_that_open_pages_may_go_on_is_said(card):
    assert "A page that is open already may keep itself up to date until it is loaded again." in words_on(card)


@pytest.mark.parametrize(
    ("hosts", "few"),
    [
        (("amazon.com", "amazon.de", "ebay.com", "etsy.com", "zalando.de"), ["amazon.com", "ebay.com", "etsy.com"]),
        (("youtube.com", "youtu.be", "vimeo.com"), ["youtube.com", "vimeo.com"]),
        (("only.example",), ["only.example"]),
    ],
)
def test_examples_are_of_different_makes(hosts, few):
    assert few == examples(hosts)
