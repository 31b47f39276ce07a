"""Files that are handed out: never over another by accident, written whole or not at all."""

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from coachdesk.errors import Refused
from coachdesk.storage import disk
from coachdesk.words import N_, _

_WHY = {
    errno.ENOSPC: N_("The disk is full, so {path} was not written. Make some room on it and try again."),
    errno.EDQUOT: N_("The disk is full, so {path} was not written. Make some room on it and try again."),
    errno.ENOENT: N_("There is no such folder, so {path} was not written."),
    errno.ENOTDIR: N_("There is no such folder, so {path} was not written."),
    errno.ENAMETOOLONG: N_("This name is too long for a file: {path}."),
}
_OTHERWISE = N_("{path} could not be written; look whether you may write in this folder, and try again.")


def refuse_taken(path: Path, *, force: bool) -> None:
    """Raises Refused when a file stands there already and is not to be replaced, or the name is a folder's."""
    if path.is_dir():
        raise Refused(_("{path} is a folder; give the name of a file.").format(path=path))
    if not force and path.exists():
        raise Refused(_("There is a file already: {path}. Give another name, or allow replacing it.").format(path=path))


@contextlib.contextmanager
def in_place_of(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that takes the place of ``path`` in one step, once everything is written.

    Only this person can read it. After an error, a kill or a cancelled work the old file stands, or none.

    Raises:
        Refused: it cannot be written; in one sentence, why.
    """
    try:
        with disk.in_place_of(path) as file:
            yield file
    except OSError as error:
        raise Refused(_(_WHY.get(error.errno or 0, _OTHERWISE)).format(path=path)) from error


def write(path: Path, content: bytes) -> None:
    """Put the content in place of the file; raises as ``in_place_of`` does."""
    with in_place_of(path) as file:
        file.write(content)
