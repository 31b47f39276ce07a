"""The registry of Windows, as much of it as we read and write, and its fake."""

import functools
import importlib
from dataclasses import dataclass, field
from typing import Any, Protocol

USER, COMPUTER = "HKEY_CURRENT_USER", "HKEY_LOCAL_MACHINE"


class Registry(Protocol):
    """Values by the name of a root, the path of a key and the name of the value."""

    def read(self, root: str, path: str, name: str) -> str | int | None:
        """The value; None where there is none or it may not be read."""
        ...

    def write(self, root: str, path: str, name: str, text: str) -> None:
        """Set a text (REG_SZ), with its key where that is missing; raises OSError."""
        ...

    def remove(self, root: str, path: str, name: str) -> None:
        """Take a value away; does nothing where there is none; raises OSError."""
        ...


class WinRegistry:
    """The real one, by Python's ``winreg``. Not run on a real Windows computer."""

    def __init__(self, winreg: Any = None) -> None:
        self._given = winreg

    @functools.cached_property
    def _winreg(self) -> Any:
        return self._given or importlib.import_module("winreg")  # by name: only Windows has it, also for mypy

    def read(self, root: str, path: str, name: str) -> str | int | None:
        """QueryValueEx."""
        try:
            with self._winreg.OpenKey(getattr(self._winreg, root), path) as key:
                value = self._winreg.QueryValueEx(key, name)[0]
        except OSError:
            return None
        return value if isinstance(value, str | int) else None

    def write(self, root: str, path: str, name: str, text: str) -> None:
        """SetValueEx."""
        with self._winreg.CreateKey(getattr(self._winreg, root), path) as key:
            self._winreg.SetValueEx(key, name, 0, self._winreg.REG_SZ, text)

    def remove(self, root: str, path: str, name: str) -> None:
        """DeleteValue."""
        try:
            with self._winreg.OpenKey(getattr(self._winreg, root), path, 0, self._winreg.KEY_SET_VALUE) as key:
                self._winreg.DeleteValue(key, name)
        except FileNotFoundError:
            return


@dataclass
class FakeRegistry:
    """A registry in a dictionary; ``closed`` refuses to be written."""

    values: dict[tuple[str, str, str], str | int] = field(default_factory=dict)
    closed: bool = False

    def read(self, root: str, path: str, name: str) -> str | int | None:
        """What the dictionary holds."""
        return self.values.get((root, path, name))

    def write(self, root: str, path: str, name: str, text: str) -> None:
        """Change the dictionary, unless closed."""
        if self.closed:
            raise PermissionError(path)
        self.values[root, path, name] = text

    def remove(self, root: str, path: str, name: str) -> None:
        """Change the dictionary, unless closed."""
        if self.closed:
            raise PermissionError(path)
        self.values.pop((root, path, name), None)
