"""Records that were put aside and are a way back: before a restore or an import, or because they were damaged."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from coachdesk.storage import disk

_NAME = re.compile(r"\.(before-restore|before-import|damaged)-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)(?:-\d+)?")


@dataclass(frozen=True)
class Aside:
    """One file of records that were in use once."""

    path: Path
    at: datetime
    """When it was put aside, aware UTC."""
    size: int
    """Bytes."""
    why: str
    """``before-restore``, ``before-import`` or ``damaged``."""


def found(records: Path) -> list[Aside]:
    """All that lie beside these records, newest first; logs and files of other names are left alone."""
    listed = [aside for path in records.parent.glob(f"{records.name}.*") if (aside := _read(path, records)) is not None]
    return sorted(listed, key=lambda aside: (aside.at, aside.path.name), reverse=True)


def _read(path: Path, records: Path) -> Aside | None:
    match = _NAME.fullmatch(path.name.removeprefix(records.name))
    if match is None:
        return None
    try:
        at = datetime.strptime(match[2], disk.STAMP).replace(tzinfo=UTC)
        return Aside(path, at, path.stat().st_size, match[1])
    except (ValueError, FileNotFoundError):
        return None
