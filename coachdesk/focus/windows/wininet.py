"""The person's own connection settings, by WinINet, which every common browser on Windows follows.

Names and values: learn.microsoft.com, INTERNET_PER_CONN_OPTION, INTERNET_PER_CONN_OPTION_LIST, "Option Flags" of
WinINet and wininet.h. Not run on a real Windows computer.
"""

import ctypes
import functools
from ctypes import POINTER, Structure, Union, byref, c_uint32, c_void_p, cast, sizeof, wintypes
from typing import Any

from coachdesk.focus.windows.libraries import Load, library

PER_CONNECTION, SETTINGS_CHANGED, REFRESH = 75, 39, 37
FLAGS, AUTOCONFIG_URL, FLAGS_UI = 1, 4, 10
MODEM = 0x01
"""INTERNET_CONNECTION_MODEM: the connection is a dial-up or VPN one, which has settings of its own."""


class Value(Union):
    """The value of an option: a number, or the address of a text."""

    _fields_ = (("number", c_uint32), ("text", c_void_p), ("time", c_uint32 * 2))


class Option(Structure):
    """INTERNET_PER_CONN_OPTIONW."""

    _fields_ = (("option", c_uint32), ("value", Value))


class Options(Structure):
    """INTERNET_PER_CONN_OPTION_LISTW; without a connection's name it is the usual one."""

    _fields_ = (
        ("size", c_uint32),
        ("connection", c_void_p),
        ("count", c_uint32),
        ("error", c_uint32),
        ("options", POINTER(Option)),
    )


WININET: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "InternetQueryOptionW": (wintypes.BOOL, (c_void_p, wintypes.DWORD, c_void_p, POINTER(wintypes.DWORD))),
    "InternetSetOptionW": (wintypes.BOOL, (c_void_p, wintypes.DWORD, c_void_p, wintypes.DWORD)),
    "InternetGetConnectedState": (wintypes.BOOL, (POINTER(wintypes.DWORD), wintypes.DWORD)),
}
KERNEL: dict[str, tuple[Any, tuple[Any, ...]]] = {"GlobalFree": (c_void_p, (c_void_p,))}


class WinInet:
    """The calls of ``sites.Api``, made for real."""

    def __init__(self, load: Load | None = None) -> None:
        self._load = load

    @functools.cached_property
    def _internet(self) -> Any:
        return library("wininet", WININET, self._load)

    @functools.cached_property
    def _kernel(self) -> Any:
        return library("kernel32", KERNEL, self._load)

    def flags(self) -> int:
        """How the usual connection finds its way, a sum of ``sites.DIRECT`` and so on; raises OSError.

        Asked as INTERNET_PER_CONN_FLAGS_UI, which tells of "Automatically detect settings" as the person set it; an
        old Windows refuses that and is asked again (INTERNET_PER_CONN_OPTION, "Windows 7 and later").
        """
        for kind in (FLAGS_UI, FLAGS):
            option = Option(kind)
            if self._query(option):
                return int(option.value.number)
        raise OSError("InternetQueryOptionW: INTERNET_PER_CONN_FLAGS")

    def url(self) -> str:
        """The address of the script, "" without one; raises OSError."""
        option = Option(AUTOCONFIG_URL)
        if not self._query(option):
            raise OSError("InternetQueryOptionW: INTERNET_PER_CONN_AUTOCONFIG_URL")
        place = option.value.text
        if not place:
            return ""
        try:
            return ctypes.wstring_at(place)
        finally:
            self._kernel.GlobalFree(place)  # a text asked for is ours to free (INTERNET_PER_CONN_OPTION_LIST)

    def set_flags(self, flags: int) -> None:
        """Change how the way is found; always by INTERNET_PER_CONN_FLAGS (ibid.); raises OSError."""
        option = Option(FLAGS)
        option.value.number = flags
        self._set(option)

    def set_url(self, url: str) -> None:
        """Change the address of the script; raises OSError."""
        text = ctypes.create_unicode_buffer(url)
        option = Option(AUTOCONFIG_URL)
        option.value.text = cast(text, c_void_p).value
        self._set(option)

    def dials(self) -> bool:
        """Whether the connection in use is a dial-up or VPN one."""
        told = wintypes.DWORD()
        return bool(self._internet.InternetGetConnectedState(byref(told), 0)) and bool(told.value & MODEM)

    def _query(self, option: Option) -> bool:
        asked = Options(sizeof(Options), None, 1, 0, ctypes.pointer(option))
        size = wintypes.DWORD(sizeof(Options))
        return bool(self._internet.InternetQueryOptionW(None, PER_CONNECTION, byref(asked), byref(size)))

    def _set(self, option: Option) -> None:
        wanted = Options(sizeof(Options), None, 1, 0, ctypes.pointer(option))
        if not self._internet.InternetSetOptionW(None, PER_CONNECTION, byref(wanted), sizeof(Options)):
            raise OSError(f"InternetSetOptionW: option {option.option}")
        for told in (SETTINGS_CHANGED, REFRESH):  # running programs read the settings anew
            self._internet.InternetSetOptionW(None, told, None, 0)
