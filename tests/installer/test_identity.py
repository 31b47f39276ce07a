"""No release goes out under a name that is made up, and a name that is true stands in nobody's way."""

import pytest

from coachdesk.errors import Refused
from installer import identity, release

TRUE = ("The CoachDesk authors <desk@coachdesk.org>", "io.github.noor_w.coachdesk")
RELEASES = "https://github.com/Noor-W/coachdesk/releases"


def test_true_names_are_let_through() -> None:
    identity.refuse_made_up(*TRUE, RELEASES)
    identity.refuse_made_up(TRUE[0], "org.coachdesk.CoachDesk", RELEASES)
    identity.refuse_made_up(*TRUE, "https://coachdesk.org/releases")


@pytest.mark.parametrize(
    "address", ["coachdesk@users.noreply.github.com", "desk@example.org", "desk@mail.example", "desk@coachdesk.invalid"]
)
def test_an_address_that_no_mail_reaches_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="No mail reaches"):
        identity.refuse_made_up(f"The CoachDesk authors <{address}>", TRUE[1], RELEASES)


def test_the_name_of_somebody_elses_repository_is_refused() -> None:
    with pytest.raises(Refused, match="would be a program of coachdesk, not of Noor-W"):
        identity.refuse_made_up(TRUE[0], "io.github.coachdesk.coachdesk", RELEASES)


def test_a_tag_becomes_no_release_under_a_made_up_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(identity, "MAINTAINER", "The CoachDesk authors <coachdesk@users.noreply.github.com>")
    assert 1 == release.main(["v9.9.9"])
    assert capsys.readouterr().err.startswith("No mail reaches")
    monkeypatch.setattr(identity, "MAINTAINER", TRUE[0])
    assert 1 == release.main(["v9.9.9"])
    assert capsys.readouterr().err.startswith("The tag v9.9.9")
