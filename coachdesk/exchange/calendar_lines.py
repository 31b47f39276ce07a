"""The lines of calendar files: found in a file or folder, decoded, unfolded and cut into blocks, within limits."""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from coachdesk.words import _, ngettext

MOST_BYTES = 32 * 1024 * 1024
"""Read of all files together; a calendar of a whole working life has some ten megabytes."""
MOST_FILES = 5_000
"""Calendar files of one folder; programs that keep an entry to a file have some hundred in half a year."""
DEEPEST = 4
"""Folders in folders."""
LONGEST_LINE = 64 * 1024
"""Characters of one line that are looked at; only pictures and bombs are longer."""
MOST_LINES = 1_000
"""Lines of one entry that are looked at."""
WANTED = frozenset({
    "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "UID", "SUMMARY", "STATUS",
    "SEQUENCE", "ATTENDEE", "ORGANIZER", "TZID", "TZOFFSETFROM", "TZOFFSETTO",
})  # fmt: skip
_LINE = re.compile(rf"^[ \t]*(BEGIN|END|METHOD|{'|'.join(sorted(WANTED))})(?=[;:])[^\n]*", re.MULTILINE | re.IGNORECASE)
"""A line that matters; all others are leapt over without being looked at."""
_WIDE = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"B\0", "utf-16-le"), (b"\0B", "utf-16-be"))
_BEGINS = re.compile("BEGIN:VCALENDAR", re.IGNORECASE)
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^":;])*)')


@dataclass(frozen=True)
class Property:
    """One line: its parameters by their names in upper case, and its value as written."""

    value: str
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass
class Block:
    """What stands between BEGIN and END: its wanted lines by name, and for a time zone the blocks in it."""

    kind: str
    lines: dict[str, list[Property]] = field(default_factory=dict)
    parts: list["Block"] = field(default_factory=list)
    ended: bool = False
    cut: bool = False
    size: int = 0

    def one(self, name: str) -> Property | None:
        """The first line called so."""
        found = self.lines.get(name)
        return found[0] if found else None

    def all(self, name: str) -> list[Property]:
        """Every line called so."""
        return self.lines.get(name, [])

    def take(self, name: str, line: str) -> None:
        """Keep a line if there is room for it; ``line`` begins with what follows its name."""
        if len(line) > LONGEST_LINE or self.size >= MOST_LINES:
            self.cut = True
        if self.size < MOST_LINES:
            self.lines.setdefault(name, []).append(_property(line[:LONGEST_LINE]))
            self.size += 1


@dataclass
class File:
    """One calendar file: its name where several are read, its blocks as they come, what it is for."""

    name: str
    text: str
    cancels: bool = False
    """Whether it says that what it names is called off (METHOD:CANCEL)."""
    problems: list[str] = field(default_factory=list)

    def blocks(self) -> Iterator[Block]:
        """Its entries and time zones, as they come; nothing is kept of what was gone past."""
        outer: Block | None = None
        inner: Block | None = None
        depth = 0
        for found in _LINE.finditer(self.text):
            name = found[1].upper()
            rest = self.text[found.end(1) : min(found.end(), found.end(1) + LONGEST_LINE + 1)]
            kind = rest[1:41].strip().upper() if name in ("BEGIN", "END") else ""
            if name == "BEGIN" and kind in ("VEVENT", "VTIMEZONE"):
                if outer is not None:
                    yield outer
                outer, inner, depth = Block(kind), None, 0
            elif name == "BEGIN":
                depth += 1
                inner = self._inner(outer, kind, depth)
            elif name == "END" and outer is not None and kind == outer.kind:
                outer.ended = True
                yield outer
                outer, inner, depth = None, None, 0
            elif name == "END":
                depth, inner = max(0, depth - 1), None
            elif name == "METHOD":
                self.cancels = self.cancels or (outer is None and rest[1:].strip().upper() == "CANCEL")
            elif inner is not None:
                inner.take(name, rest)
            elif outer is not None and not depth:
                outer.take(name, rest)
        if outer is not None:
            yield outer

    @staticmethod
    def _inner(outer: Block | None, kind: str, depth: int) -> Block | None:
        """A part of a time zone, which counts; alarms and the like do not."""
        if outer is None or outer.kind != "VTIMEZONE" or depth != 1 or len(outer.parts) >= MOST_LINES:
            return None
        outer.parts.append(Block(kind))
        return outer.parts[-1]


@dataclass
class Found:
    """The files of a calendar, and sentences about what was left out."""

    paths: list[Path] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def find(source: Path, most: int = MOST_FILES) -> Found:
    """The calendar file itself, or every ``.ics`` of a folder; links to folders are not followed, so nothing turns."""
    found = Found()
    if source.is_dir():
        _walk(source, 0, found)
        if not found.paths:
            found.problems.append(_("There is no calendar file (.ics) in this folder."))
    elif _is_file(source):
        found.paths.append(source)
    else:
        found.problems.append(_("There is no such file any more."))
    left = len(found.paths) - most
    if left > 0:
        sentence = ngettext(
            "{n} file was left out: there are more than {most} in this folder.",
            "{n} files were left out: there are more than {most} in this folder.",
            left,
        )
        found.problems.append(sentence.format(n=left, most=most))
        del found.paths[most:]
    return found


def load(path: Path, name: str, room: int) -> File:
    """The text of a file, of which so many bytes at most are read."""
    try:
        with path.open("rb") as opened:
            size = os.fstat(opened.fileno()).st_size  # read() makes room for all it is allowed
            raw = opened.read(min(size, room) + 1)
    except OSError:
        return File(name, "", problems=[_told(name, _("it cannot be read"))])
    too_large = len(raw) > room
    file = File(name, _decoded(raw[:room] if too_large else raw))
    del raw
    if too_large:
        file.problems.append(_told(name, _("it is larger than CoachDesk reads; its end was left out")))
    if _BEGINS.search(file.text) is None:
        return File(name, "", problems=[*file.problems, _told(name, _("it is no calendar file"))])
    return file


def _told(name: str, what: str) -> str:
    if not name:
        return _("This file: {what}.").format(what=what)
    return _("“{name}”: {what}.").format(name=name, what=what)


def _walk(folder: Path, depth: int, found: Found) -> None:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda one: one.name)
    except OSError:
        found.problems.append(_told(folder.name, _("this folder cannot be read")))
        return
    for entry in entries:
        if len(found.paths) > MOST_FILES * 2:
            return
        if entry.name.lower().endswith(".ics") and _is_file(Path(entry.path)):
            found.paths.append(Path(entry.path))
        elif depth < DEEPEST and not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False):
            _walk(Path(entry.path), depth + 1, found)


def _is_file(path: Path) -> bool:
    """Whether it is an ordinary file, also behind a link; a pipe or a device would never come to an end."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def _decoded(raw: bytes) -> str:
    """The text with folded lines joined; a fold may stand within a character, so it is undone before decoding."""
    for mark, encoding in _WIDE:
        if raw.startswith(mark):
            raw = raw.decode(encoding, "replace").encode("utf-8", "replace")
    if b"\r" in raw:
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    raw = raw.replace(b"\n ", b"").replace(b"\n\t", b"")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _property(line: str) -> Property:
    """The property of a line without its name: parameters, a colon, the value."""
    at = 0
    parameters: dict[str, str] = {}
    while at < len(line) and line[at] == ";" and len(parameters) < 40:
        read = _PARAMETER.match(line, at)
        if read is None:
            break
        parameters[read[1].upper()] = read[2].replace('"', "")
        at = read.end()
    colon = line.find(":", at)
    return Property(line[colon + 1 :] if colon >= 0 else "", parameters)
