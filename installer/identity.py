"""By which names the program goes in the world; no release goes out under one that is made up."""

import re

from coachdesk.errors import Refused

MAINTAINER = "The CoachDesk authors <coachdesk@users.noreply.github.com>"
"""Who answers for the Debian package."""
ID = "io.github.coachdesk.coachdesk"
"""The name in software centres and of the bundle on macOS: a domain of ours turned round."""

_NO_MAILBOX = re.compile(r"noreply|@example\.|\.(example|invalid|test)>")
"""No mail reaches these; the domains are reserved by RFC 2606."""


def refuse_made_up(maintainer: str, name: str, releases: str) -> None:
    """Raise Refused where nobody has the maintainer's address, or the name belongs to other people's repository.

    ``io.github.OWNER`` is the domain of who has that account, a hyphen written as an underscore (AppStream, "id").
    ``releases`` is the address at which releases are offered; elsewhere than on GitHub it tells nothing of that.
    """
    if _NO_MAILBOX.search(maintainer):
        raise Refused(f"No mail reaches the maintainer, {maintainer}. installer/identity.py needs a true address.")
    theirs = re.match(r"io\.github\.([^.]+)\.", name)
    ours = re.match(r"https://github\.com/([^/]+)/", releases)
    if theirs and ours and theirs[1].lower() != ours[1].lower().replace("-", "_"):
        raise Refused(
            f"{name} would be a program of {theirs[1]}, not of {ours[1]}. installer/identity.py has the name."
        )
