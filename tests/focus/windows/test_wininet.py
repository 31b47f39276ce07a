"""The structures and calls of WinINet, on made-up libraries."""

import ctypes
from ctypes import wintypes
from typing import Any

import pytest

from coachdesk.focus.windows.wininet import Option, Options, WinInet
from tests.focus.windows.libraries import Libraries


class Connection:
    """The settings behind the calls, in the structures as they are handed over."""

    def __init__(self) -> None:
        self.flags, self.url = 9, "http://old.example/proxy.pac"
        self.refused: set[int] = set()
        self.empty = False
        self.connected = 0x02
        self._texts: list[Any] = []
        self.libraries = Libraries(
            InternetQueryOptionW=self._query, InternetSetOptionW=self._set, InternetGetConnectedState=self._state
        )

    def _query(self, handle: None, kind: int, place: Any, size: Any) -> int:
        options = place._obj
        assert (None, 75, ctypes.sizeof(Options), ctypes.sizeof(Options)) == (
            *(handle, kind, options.size),
            size._obj.value,
        )
        assert (1, None) == (options.count, options.connection)
        option = options.options[0]
        if option.option in self.refused:
            return 0
        if option.option == 4:
            self._texts.append(ctypes.create_unicode_buffer(self.url))
            option.value.text = None if self.empty else ctypes.addressof(self._texts[-1])
        else:
            option.value.number = self.flags
        return 1

    def _set(self, _handle: None, kind: int, place: Any, size: int) -> int:
        if kind != 75:
            return 1
        assert ctypes.sizeof(Options) == size
        option = place._obj.options[0]
        if option.option in self.refused:
            return 0
        if option.option == 4:
            self.url = ctypes.wstring_at(option.value.text)
        else:
            self.flags = option.value.number
        return 1

    def _state(self, place: Any, _reserved: int) -> int:
        place._obj.value = self.connected
        return 1

    @property
    def sets(self) -> list[int]:
        """Which options were set."""
        return [call[2] for call in self.libraries.loaded["wininet"].calls if call[0] == "InternetSetOptionW"]


@pytest.fixture
def connection() -> Connection:
    """The usual connection."""
    return Connection()


def test_structures_have_the_size_windows_expects() -> None:
    assert (16, 32) == (ctypes.sizeof(Option), ctypes.sizeof(Options))


def test_nothing_is_loaded_before_it_is_needed(connection: Connection) -> None:
    WinInet(connection.libraries)
    assert {} == connection.libraries.loaded


def test_flags_and_address_are_read_and_the_text_is_freed(connection: Connection) -> None:
    net = WinInet(connection.libraries)
    assert (9, "http://old.example/proxy.pac") == (net.flags(), net.url())
    assert ["GlobalFree"] == [call[0] for call in connection.libraries.loaded["kernel32"].calls]


def test_no_address_is_an_empty_one(connection: Connection) -> None:
    connection.empty = True
    assert "" == WinInet(connection.libraries).url()


def test_an_old_windows_is_asked_for_the_flags_again(connection: Connection) -> None:
    connection.refused = {10}
    assert 9 == WinInet(connection.libraries).flags()


def test_flags_and_address_are_written_and_running_programs_are_told(connection: Connection) -> None:
    net = WinInet(connection.libraries)
    net.set_url("http://127.0.0.1:4711/focus-c0ffee.pac")
    net.set_flags(13)
    assert (13, "http://127.0.0.1:4711/focus-c0ffee.pac") == (connection.flags, connection.url)
    assert [75, 39, 37, 75, 39, 37] == connection.sets
    net.set_url("")
    assert "" == connection.url


def test_refusals_are_errors(connection: Connection) -> None:
    connection.refused = {1, 4, 10}
    net = WinInet(connection.libraries)
    for call in (net.flags, net.url, lambda: net.set_url(""), lambda: net.set_flags(1)):
        with pytest.raises(OSError, match="Internet"):
            call()


@pytest.mark.parametrize(("told", "expected"), [(0x02, False), (0x01, True), (0x51, True)])
def test_a_dial_up_or_vpn_connection_is_told_from_others(connection: Connection, told: int, expected: bool) -> None:
    connection.connected = told
    assert expected is WinInet(connection.libraries).dials()


def test_every_function_has_its_types(connection: Connection) -> None:
    WinInet(connection.libraries).flags()
    net: Any = connection.libraries.loaded["wininet"]
    assert wintypes.BOOL is net.InternetQueryOptionW.restype
