"""What Linux desktops start at login: an entry in the person's autostart folder.

Desktop Application Autostart Specification 0.5 and Desktop Entry Specification 1.5, "The Exec key".
"""

import contextlib
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coachdesk.errors import Refused
from coachdesk.words import _

_ENTRY = """\
[Desktop Entry]
Type=Application
Version=1.0
Name=CoachDesk
Comment={comment}
TryExec={program}
Exec={command}
Icon=coachdesk
Terminal=false
NoDisplay=true
StartupNotify=false
"""

_OFF = ("Hidden=true", "X-GNOME-Autostart-enabled=false")
"""Lines by which the settings of a desktop note that the person has switched an entry off."""

_RESERVED = frozenset(" \t\r\n\"'\\><~|&;$*?#()`")
"""An argument with one of these has to be quoted."""


@dataclass(frozen=True)
class Entry:
    """One entry of the person whose environment it is."""

    name: str
    """Of its file; it ends in ``.desktop``."""
    comment: str
    """What it is for, as the settings of a desktop show it."""
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)

    @property
    def path(self) -> Path:
        """Where it lies."""
        configuration = self.environment.get("XDG_CONFIG_HOME", "")
        if not configuration.startswith("/"):  # the XDG Base Directory Specification ignores a relative one
            configuration = f"{self.environment.get('HOME') or Path.home()}/.config"
        return Path(configuration) / "autostart" / self.name

    def installed(self) -> bool:
        """Whether it is there and not switched off."""
        return bool(text := self._text()) and not _is_off(text)

    def install(self, command: Sequence[str]) -> None:
        """Write it, unless it is there as it should be or the person has switched it off. Raises Refused."""
        present = self._text()
        wanted = _ENTRY.format(
            comment=_escaped(self.comment),
            program=_escaped(command[0]),
            command=exec_line(_runnable(command)),
        )
        if present == wanted or _is_off(present):
            return
        try:
            self._write(os.fsencode(wanted))
        except OSError as why:
            raise Refused(_failure(self.path, why)) from None

    def remove(self) -> None:
        """Take it away; raises Refused."""
        try:
            self.path.unlink(missing_ok=True)
        except NotADirectoryError:
            return
        except OSError as why:
            raise Refused(_failure(self.path, why)) from None

    def _text(self) -> str:
        """What it says; "" where there is none or it cannot be read."""
        try:
            return os.fsdecode(self.path.read_bytes())
        except OSError:
            return ""

    def _write(self, content: bytes) -> None:
        """All of it or nothing."""
        folder = self.path.parent
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=f".{self.name}.", delete=False) as file:
            new = Path(file.name)
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
                new.chmod(0o644)
                new.replace(self.path)
            except OSError:
                with contextlib.suppress(OSError):
                    new.unlink()
                raise


def exec_line(command: Sequence[str]) -> str:
    """A command as the value of ``Exec``: quoted, its % doubled, and escaped as every string of such a file."""
    return " ".join(_escaped(_quoted(argument).replace("%", "%%")) for argument in command)


def _runnable(command: Sequence[str]) -> Sequence[str]:
    """The command, by way of a shell where its program has a name that ``Exec`` cannot have.

    The specification rules out "="; GLib 2.74 looks for the program before it makes one % of two.
    """
    if set("=%").isdisjoint(command[0]):
        return command
    return ("/bin/sh", "-c", 'exec "$0" "$@"', *command)


def _quoted(argument: str) -> str:
    if argument and not _RESERVED.intersection(argument):
        return argument
    for special in '\\"`$':
        argument = argument.replace(special, f"\\{special}")
    return f'"{argument}"'


def _escaped(text: str) -> str:
    for special, letter in (("\\", "\\"), ("\n", "n"), ("\t", "t"), ("\r", "r")):
        text = text.replace(special, f"\\{letter}")
    return text


def _is_off(text: str) -> bool:
    return any(line in text.splitlines() for line in _OFF)


def _failure(path: Path, why: OSError) -> str:
    return _("{path} could not be changed ({why}).").format(path=path, why=why.strerror)
