"""The registry, over a winreg of the test's own."""

from typing import Any

import pytest

from coachdesk.machine.registry import USER, FakeRegistry, Registry, WinRegistry


class Key:
    """An open key."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.open = True

    def __enter__(self) -> "Key":
        return self

    def __exit__(self, *_why: object) -> None:
        self.open = False


class FakeWinreg:
    """As much of winreg as is used."""

    HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE = 1, 2
    REG_SZ, KEY_SET_VALUE = 1, 2

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], Any] = {}
        self.keys: list[Key] = []

    def OpenKey(self, root: int, path: str, reserved: int = 0, _access: int = 0x20019) -> Key:
        """Open a key that is there."""
        assert (1, 0) == (root, reserved)
        if not any(known == path for known, _name in self.values):
            raise FileNotFoundError(path)
        self.keys.append(Key(path))
        return self.keys[-1]

    def CreateKey(self, root: int, path: str) -> Key:
        """Open a key, which is made where it is missing."""
        assert 1 == root
        self.keys.append(Key(path))
        return self.keys[-1]

    def QueryValueEx(self, key: Key, name: str) -> tuple[Any, int]:
        """Value and type."""
        if (key.path, name) not in self.values:
            raise FileNotFoundError(name)
        return self.values[key.path, name], 1

    def SetValueEx(self, key: Key, name: str, reserved: int, kind: int, value: str) -> None:
        """Set a value."""
        assert (0, 1) == (reserved, kind)
        self.values[key.path, name] = value

    def DeleteValue(self, key: Key, name: str) -> None:
        """Take a value away."""
        if (key.path, name) not in self.values:
            raise FileNotFoundError(name)
        del self.values[key.path, name]


def test_values_are_written_read_and_taken_away_and_every_key_is_closed() -> None:
    winreg = FakeWinreg()
    registry: Registry = WinRegistry(winreg)
    assert None is registry.read(USER, "Run", "CoachDesk")
    registry.write(USER, "Run", "CoachDesk", "x")
    registry.write(USER, "Run", "Other", "y")
    assert "x" == registry.read(USER, "Run", "CoachDesk")
    registry.remove(USER, "Run", "CoachDesk")
    registry.remove(USER, "Run", "CoachDesk")
    registry.remove(USER, "Nowhere", "CoachDesk")
    assert {("Run", "Other"): "y"} == winreg.values
    assert not any(key.open for key in winreg.keys)


def test_bytes_are_no_value_of_ours() -> None:
    winreg = FakeWinreg()
    winreg.values["Run", "CoachDesk"] = b"x"
    assert None is WinRegistry(winreg).read(USER, "Run", "CoachDesk")


def test_the_fake_is_a_registry_that_can_be_closed() -> None:
    fake = FakeRegistry()
    registry: Registry = fake
    registry.write(USER, "Run", "CoachDesk", "x")
    assert "x" == registry.read(USER, "Run", "CoachDesk")
    fake.closed = True
    for call in (lambda: registry.write(USER, "Run", "A", "x"), lambda: registry.remove(USER, "Run", "A")):
        with pytest.raises(PermissionError):
            call()
    fake.closed = False
    registry.remove(USER, "Run", "CoachDesk")
    assert None is registry.read(USER, "Run", "CoachDesk")
