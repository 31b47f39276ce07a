"""What software centres show of CoachDesk: AppStream metadata with the releases of the changelog."""

import os
import re
from datetime import date
from pathlib import Path

from coachdesk import __version__
from installer import ROOT, identity, origin

_RELEASED = re.compile(r"^## \[(\d[^\]]*)\] - (\d{4}-\d\d-\d\d)$", re.MULTILINE)


def write(folder: Path, day: date) -> None:
    """Put it into a folder such as metainfo, for a build of a day."""
    name = f"{identity.ID}.metainfo.xml"
    folder.mkdir(parents=True, exist_ok=True)
    text = (Path(__file__).parent / "linux" / name).read_text("utf-8")
    (folder / name).write_text(filled(text, (ROOT / "CHANGELOG.md").read_text("utf-8"), day), "utf-8")


def filled(text: str, changelog: str, day: date) -> str:
    """The page with its releases, and with the address they are offered at where there is one."""
    lines = [f'    <release version="{version}" date="{when}"/>' for version, when in releases(changelog, day)]
    text = text.replace("  <releases/>", "\n".join(["  <releases>", *lines, "  </releases>"]))
    address = os.environ.get(origin.RELEASES, "")
    homepage = f'  <url type="homepage">{address}</url>\n' if address else ""
    return text.replace("  <launchable", f"{homepage}  <launchable", 1)


def releases(changelog: str, day: date) -> list[tuple[str, str]]:
    """Versions with their days, newest first; the present one, where the changelog has no day for it yet, on this."""
    found: list[tuple[str, str]] = _RELEASED.findall(changelog)
    return found if __version__ in dict(found) else [(__version__, day.isoformat()), *found]
