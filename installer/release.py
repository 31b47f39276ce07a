"""``python -m installer.release TAG``: whether a tag may become a release, and what is said of it."""

import argparse
import os
import re
import sys
from collections.abc import Sequence

from coachdesk import NAME, __version__
from coachdesk.errors import Refused
from installer import ROOT, identity, origin

CHANGELOG = ROOT / "CHANGELOG.md"
CHECKSUMS = "`SHA256SUMS` holds the checksum of every file; `sha256sum --check SHA256SUMS` compares them."
UNSIGNED = {
    "Windows": f"The installer for Windows is not signed, so Windows warns of it before it runs. {NAME} is the same.",
    "macOS": f"The disk image for macOS is not signed by a maker Apple knows, so macOS asks before it opens {NAME}.",
}
"""What a person is told who downloads a release that could not be signed."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the words of the release; or 1, and on standard error why this tag or its made-up names may not be one."""
    reader = argparse.ArgumentParser(prog="python -m installer.release")
    reader.add_argument("tag")
    reader.add_argument("--unsigned", action="append", choices=UNSIGNED, default=[])
    asked = reader.parse_args(arguments)
    try:
        identity.refuse_made_up(identity.MAINTAINER, identity.ID, os.environ.get(origin.RELEASES, ""))
        print(words(asked.tag, CHANGELOG.read_text("utf-8"), asked.unsigned))
    except Refused as why:
        print(why.sentence, file=sys.stderr)
        return 1
    return 0


def words(tag: str, changelog: str, unsigned: Sequence[str] = ()) -> str:
    """What is new, from the changelog, and what is not signed.

    Raises ``Refused`` where the tag is not that of the version, or the changelog has nothing dated under it.
    """
    if tag != f"v{__version__}":
        raise Refused(f"The tag {tag} is not that of version {__version__}, which would be v{__version__}.")
    found = re.search(
        rf"^## \[{re.escape(__version__)}\] - \d{{4}}-\d\d-\d\d$\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL
    )
    if not (found and found[1].strip()):
        raise Refused(f"CHANGELOG.md has no section “## [{__version__}] - year-month-day” with words in it.")
    return "\n\n".join([found[1].strip(), *(UNSIGNED[system] for system in unsigned), CHECKSUMS])


if __name__ == "__main__":
    sys.exit(main())
