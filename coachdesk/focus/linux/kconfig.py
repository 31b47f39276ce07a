"""Lines of a KDE settings file, changed so that every other byte of it stays.

The format is that of KConfig (api.kde.org, frameworks KConfig; its reader ``kconfigini.cpp``): groups in brackets, one
entry a line, the last one of a name counts, ``[$i]`` behind a name or alone on the first line locks what follows.
``kwriteconfig`` would drop comments and order the file anew.
"""

import re
from collections.abc import Iterator

_GROUP = re.compile(r"\s*(?:\[[^]]*\])+\s*")
_PART = re.compile(r"\[([^]]*)\]")
_LOCK = re.compile(r"\[\$\w*i")
_ENTRY = re.compile(r"\s*(?P<key>[^#\[=][^\[=]*?)(?P<marks>(?:\[[^]]*\])*)\s*=(?P<value>.*)", re.DOTALL)


def line_of(text: str, group: str, key: str) -> str | None:
    """The line of an entry without its end, the last one if there are several; None where there is none."""
    found = _places(text, group, key)
    return _lines(text)[found[-1]].rstrip("\r\n") if found else None


def value_of(text: str, group: str, key: str) -> str:
    """The value of an entry as it is written; "" where there is none."""
    entry = _ENTRY.fullmatch(line_of(text, group, key) or "")
    return entry["value"].strip() if entry else ""


def with_line(text: str, group: str, key: str, line: str | None) -> str:
    """The text with the line of an entry exchanged, added at the end of its group, or for None taken out."""
    lines = _lines(text)
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    found = _places(text, group, key)
    if found:
        lines[found[-1]] = "" if line is None else line + end
    elif line is not None:
        at = _end_of(lines, group)
        if at is None:
            lines += [f"{end if lines else ''}[{group}]{end}"]
            at = len(lines)
        if at and not lines[at - 1].endswith("\n"):
            lines[at - 1] += end
        lines.insert(at, line + end)
    return "".join(lines)


def is_locked(text: str, group: str, *keys: str) -> bool:
    """Whether an administrator has locked one of these entries, their group or the whole file."""
    if re.match(r"\s*\[\$i\]", text):
        return True
    for _number, inside, marks, line in _read(text):
        entry = _ENTRY.fullmatch(line.rstrip("\r\n"))
        if inside == group and (_LOCK.match(marks) or (entry and entry["key"] in keys and _LOCK.match(entry["marks"]))):
            return True
    return False


def _places(text: str, group: str, key: str) -> list[int]:
    """The numbers of the lines that set an entry; those for one language only are others."""
    found = []
    for number, inside, _marks, line in _read(text):
        entry = _ENTRY.fullmatch(line.rstrip("\r\n"))
        if inside == group and entry and entry["key"] == key and re.fullmatch(r"(\[\$\w*\])*", entry["marks"]):
            found.append(number)
    return found


def _end_of(lines: list[str], group: str) -> int | None:
    """Where another entry of the group belongs: behind its last line that is not empty; None without the group."""
    inside = [number for number, name, _marks, line in _read("".join(lines)) if name == group and line.strip()]
    return inside[-1] + 1 if inside else None


def _lines(text: str) -> list[str]:
    """The lines with their ends, which are those of KConfig only."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _read(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Each line with its number, the group it is in and the marks of that; a group's own line is in it."""
    name = marks = ""
    for number, line in enumerate(_lines(text)):
        if _GROUP.fullmatch(line):
            parts = _PART.findall(line)
            name = "/".join(part for part in parts if not part.startswith("$"))
            marks = "".join(f"[{part}]" for part in parts if part.startswith("$"))
        yield number, name, marks, line
