"""What focus mode changed and has not put back yet: on disk in two copies, so that one torn file loses nothing."""

import contextlib
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coachdesk.focus import steps
from coachdesk.focus.blockers import Before, Failed
from coachdesk.storage import disk
from coachdesk.words import N_, _

VERSION = 1
LATER = N_("A later version of CoachDesk changed more here than this one can put back; start that version once.")
LOST = N_("What focus mode changed is noted in {file}, which cannot be read ({reason}); nothing was put back.")
SHUT = N_(
    "{file} cannot be read ({reason}). Focus mode notes there what it changes, so it changes nothing until this file "
    "can be read or is deleted."
)


@dataclass(frozen=True)
class Entry:
    """One change that has to be put back."""

    blocker: str
    way: str
    before: Before
    by_hand: str
    """What the person can do if we cannot, noted down beforehand: another version may not know this blocker."""


@dataclass(frozen=True)
class _Copy:
    """What one of the two files says. Each line stands for itself, so a torn file gives what is left of it."""

    serial: int = -1
    entries: tuple[Entry, ...] = ()
    whole: bool = False
    later: bool = False
    """Whether a later version noted in it what this one does not understand."""
    shut: dict[str, str] = field(default_factory=dict)
    """The name of a file that is there and cannot be opened, and why; empty for any other."""


class Journal:
    """The changes that stand, in a folder of this user of the computer.

    A file is a heading, ``{"version", "serial", "entries": count}``, and one line for each entry, every line after the
    first digits of its SHA-256. It is written whole or not at all (``disk.write``), first the one copy, then the other.
    Of two whole copies the later counts; where neither is whole, every line that can be read in either does. A journal
    in which a later version of CoachDesk noted more than this one understands is not written over, nor is one while a
    copy of it cannot be opened: what stands there may be all that is left.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.copies = (folder / "journal", folder / "journal.spare")

    @property
    def is_there(self) -> bool:
        """Whether there may be something to put back."""
        return any(path.exists() for path in self.copies)

    def read(self) -> tuple[Entry, ...]:
        """Every change that stands. A copy that is not whole is kept beside, its name ending in ``.bad``.

        What only a later version can put back is an entry too, of no blocker, with what to do by hand; and so is a
        copy that cannot be opened beside a whole one. Raises Failed where it cannot be opened and none is whole.
        """
        found = [_read(path) for path in self.copies]
        for path, copy in zip(self.copies, found, strict=True):
            if not (copy.whole or copy.shut) and path.exists():
                _keep(path)
        shut = [copy.shut for copy in found if copy.shut]
        whole = [copy for copy in found if copy.whole]
        if whole:
            last = max(whole, key=lambda copy: copy.serial)
            return (*last.entries, *(Entry("", "", {}, _(SHUT).format(**told)) for told in shut))
        if shut:
            raise Failed(_(LOST).format(**shut[0]))
        lines = [entry for copy in found for entry in copy.entries]
        if any(copy.later for copy in found):
            lines.append(Entry("", "", {}, _(LATER)))
        return tuple(entry for place, entry in enumerate(lines) if entry not in lines[:place])

    def write(self, entries: tuple[Entry, ...]) -> None:
        """Note down all changes that stand, in place of what was noted before; on disk when this returns.

        Raises Failed when the disk does not take it, or a later version's notes or a copy that cannot be opened would
        go; then nothing may be changed.
        """
        try:
            if entries:
                self._write(entries)
            else:
                self._remove()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise Failed(
                _("CoachDesk could not note down what it would change ({reason}), so it changed nothing.").format(
                    reason=reason
                )
            ) from error

    def _write(self, entries: tuple[Entry, ...]) -> None:
        disk.private_folder(self.folder)
        found = [_read(path) for path in self.copies]
        stays = [_(SHUT).format(**copy.shut) if copy.shut else _(LATER) for copy in found if copy.shut or copy.later]
        if stays:
            if set(map(_line_of, entries)) <= set(map(_line_of, self.read())):
                return  # what is put back is found so when it is read again
            raise Failed(stays[0])
        entries = tuple(entry for entry in entries if entry.blocker)  # the others say only why a file had to stay
        if not entries:
            self._remove()
            return
        serial = 1 + max(copy.serial for copy in found)
        heading = {"version": VERSION, "serial": serial, "entries": len(entries)}
        content = (_line(heading) + "".join(map(_line_of, entries))).encode()
        for path in self.copies:
            steps.reached()
            disk.write(path, content)

    def _remove(self) -> None:
        for path in self.copies:
            if shut := _read(path).shut:
                raise Failed(_(SHUT).format(**shut))
        for path in reversed(self.copies):
            steps.reached()
            path.unlink(missing_ok=True)
        if self.folder.exists():
            disk.settle(self.folder)


def _line(told: dict[str, Any]) -> str:
    text = json.dumps(told)
    return f"{_sum(text)} {text}\n"


def _line_of(entry: Entry) -> str:
    return _line(vars(entry))


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _read(path: Path) -> _Copy:
    try:
        lines = path.read_bytes().split(b"\n")
    except (FileNotFoundError, NotADirectoryError):
        return _Copy()
    except OSError as error:
        return _Copy(shut={"file": str(path), "reason": error.strerror or type(error).__name__})
    heading, *entries = [_told(line) for line in lines[:-1]] or [None]  # after the last line end nothing is left
    found = tuple(entry for entry in map(_entry, (heading, *entries)) if entry is not None)
    if heading is None or not isinstance(heading.get("serial"), int):
        return _Copy(entries=found)
    whole = len(found) == heading.get("entries") == len(entries)
    later = not whole and isinstance(version := heading.get("version"), int) and version > VERSION
    return _Copy(heading["serial"], found, whole, later)


def _told(line: bytes) -> dict[str, Any] | None:
    """What a line says; None for one that is not as it was written."""
    with contextlib.suppress(ValueError, RecursionError):
        total, _space, text = line.decode().partition(" ")
        told = json.loads(text) if total == _sum(text) else None
        return told if isinstance(told, dict) else None
    return None


def _entry(told: dict[str, Any] | None) -> Entry | None:
    """The entry of a line; None for the heading, and for what another version means by a line."""
    with contextlib.suppress(KeyError, TypeError):
        if told is not None and isinstance(told["before"], dict):
            return Entry(str(told["blocker"]), str(told["way"]), told["before"], str(told["by_hand"]))
    return None


def _keep(path: Path) -> None:
    with contextlib.suppress(OSError):
        disk.write(path.with_name(path.name + ".bad"), path.read_bytes())
