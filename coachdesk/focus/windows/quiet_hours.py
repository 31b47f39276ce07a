"""The profile of “Do not disturb” (before Windows 11: “Focus assist”), by a COM interface Windows does not document.

Windows offers no other way: its FocusSessionManager needs a permission from Microsoft (learn.microsoft.com), the value
NOC_GLOBAL_SETTING_TOASTS_ENABLED has done nothing since Windows 10 1803 (moolticute pull request 453), and
PushNotifications\\ToastEnabled takes away the person's own choice. Class, interface and slots are as YASB uses them
(amnweb/yasb, dnd_api.py) and reported to work up to Windows 11 25H2. Not run on a real Windows computer.
"""

import contextlib
import ctypes
import uuid
from collections.abc import Callable
from ctypes import POINTER, Structure, byref, c_int32, c_uint32, c_void_p, c_wchar_p
from typing import Any, TypeVar

from coachdesk.focus.windows.libraries import Load, called_back, library, within

T = TypeVar("T")

APARTMENT_THREADED = 0x2
LOCAL_SERVER = 4
RELEASE, GET_PROFILE, SET_PROFILE, GET_OFF_PROFILE = 2, 3, 4, 9
"""Slots of the interface's table of functions."""


class Guid(Structure):
    """GUID."""

    _fields_ = (("bytes", ctypes.c_ubyte * 16),)


def guid(text: str) -> Guid:
    """A GUID as Windows has it in memory."""
    return Guid.from_buffer_copy(uuid.UUID(text).bytes_le)


CLASS = guid("F53321FA-34F8-4B7F-B9A3-361877CB94CF")
INTERFACE = guid("6BFF4732-81EC-4FFB-AE67-B6C1BC29631F")

OLE: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "CoInitializeEx": (c_int32, (c_void_p, c_uint32)),
    "CoUninitialize": (None, ()),
    "CoCreateInstance": (c_int32, (POINTER(Guid), c_void_p, c_uint32, POINTER(Guid), POINTER(c_void_p))),
    "CoTaskMemFree": (None, (c_void_p,)),
}


class QuietHours:
    """IQuietHoursSettings; each question is a conversation of its own, on a thread of its own, as COM may block."""

    def __init__(self, load: Load | None = None, patience: float = 1.0) -> None:
        self._load, self._patience = load, patience

    def profile(self) -> tuple[str, str]:
        """The profile chosen now, and the one that means off, "" where Windows does not tell it; raises OSError."""
        return self._talk(_profile)

    def choose(self, profile: str) -> None:
        """Choose a profile; raises OSError."""
        self._talk(lambda quiet: quiet.set(SET_PROFILE, profile))

    def _talk(self, say: Callable[["_Interface"], T]) -> T:
        def talk() -> T:
            ole = library("ole32", OLE, self._load)
            _check(ole.CoInitializeEx(None, APARTMENT_THREADED), "CoInitializeEx")
            try:
                with _Interface(ole) as quiet:
                    return say(quiet)
            finally:
                ole.CoUninitialize()

        return within(self._patience, talk)


def _profile(quiet: "_Interface") -> tuple[str, str]:
    chosen, off = quiet.text(GET_PROFILE), ""
    with contextlib.suppress(OSError):
        off = quiet.text(GET_OFF_PROFILE)
    return chosen, off


class _Interface:
    """The COM object, for as long as it is held."""

    def __init__(self, ole: Any) -> None:
        self._ole, self._this = ole, c_void_p()
        status = ole.CoCreateInstance(byref(CLASS), None, LOCAL_SERVER, byref(INTERFACE), byref(self._this))
        _check(status, "CoCreateInstance")

    def __enter__(self) -> "_Interface":
        return self

    def __exit__(self, *_why: object) -> None:
        self._slot(RELEASE)(self._this)

    def text(self, slot: int) -> str:
        """Ask for a text, which is ours to free."""
        place = c_void_p()
        _check(self._slot(slot, POINTER(c_void_p))(self._this, byref(place)), f"slot {slot}")
        try:
            return ctypes.wstring_at(place.value) if place.value else ""
        finally:
            self._ole.CoTaskMemFree(place)

    def set(self, slot: int, text: str) -> None:
        """Hand a text over."""
        _check(self._slot(slot, c_wchar_p)(self._this, text), f"slot {slot}")

    def _slot(self, number: int, *arguments: Any) -> Any:
        table = ctypes.cast(self._this, POINTER(POINTER(c_void_p)))[0]
        return called_back(c_int32, c_void_p, *arguments)(table[number])


def _check(status: int, asked: str) -> None:
    if status < 0:
        raise OSError(f"{asked}: {status & 0xFFFFFFFF:#010x}")
