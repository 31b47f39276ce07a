"""The COM conversation, with an object whose table of functions is real and whose functions are ours."""

import ctypes
import threading
from collections.abc import Callable
from ctypes import POINTER, c_int32, c_void_p, c_wchar_p
from typing import Any

import pytest

from coachdesk.focus.windows.quiet_hours import CLASS, INTERFACE, QuietHours, guid
from tests.focus.windows.libraries import Libraries

OFF, PRIORITY = "Microsoft.QuietHoursProfile.Unrestricted", "Microsoft.QuietHoursProfile.PriorityOnly"


class Com:
    """An object as COM hands it out: the address of the address of a table of ten functions."""

    def __init__(self, status: int = 0, slot_status: int = 0) -> None:
        self.chosen = OFF
        self.status, self.slot_status = status, slot_status
        self.released = 0
        self.silent: set[int] = set()
        self.texts: list[Any] = []
        asks = ctypes.CFUNCTYPE(c_int32, c_void_p, POINTER(c_void_p))
        sets = ctypes.CFUNCTYPE(c_int32, c_void_p, c_wchar_p)
        self._functions = {
            2: ctypes.CFUNCTYPE(c_int32, c_void_p)(self._release),
            3: asks(lambda _this, place: self._tell(place, self.chosen)),
            4: sets(self._choose),
            9: asks(lambda _this, place: -1 if 9 in self.silent else self._tell(place, OFF)),
        }
        self._table = (c_void_p * 10)()
        for slot, function in self._functions.items():
            self._table[slot] = ctypes.cast(function, c_void_p).value
        self._object = c_void_p(ctypes.addressof(self._table))
        self.libraries = Libraries(
            CoInitializeEx=lambda *_arguments: 1,  # S_FALSE: done already
            CoCreateInstance=self._create,
        )

    @property
    def calls(self) -> list[str]:
        """What was asked of ole32, by name."""
        return [call[0] for call in self.libraries.loaded["ole32"].calls]

    def _create(self, kind: Any, _outer: None, where: int, interface: Any, place: Any) -> int:
        assert (bytes(CLASS.bytes), 4, bytes(INTERFACE.bytes)) == (
            *(bytes(kind._obj.bytes), where),
            bytes(interface._obj.bytes),
        )
        if self.status == 0:
            place._obj.value = ctypes.addressof(self._object)
        return self.status

    def _release(self, this: int) -> int:
        assert ctypes.addressof(self._object) == this
        self.released += 1
        return 0

    def _tell(self, place: Any, text: str) -> int:
        self.texts.append(ctypes.create_unicode_buffer(text))
        place[0] = ctypes.addressof(self.texts[-1])
        return self.slot_status

    def _choose(self, _this: int, profile: str) -> int:
        self.chosen = profile
        return self.slot_status


def test_a_guid_lies_in_memory_as_windows_writes_it() -> None:
    assert "fa2133f5f8347f4bb9a3361877cb94cf" == bytes(guid("F53321FA-34F8-4B7F-B9A3-361877CB94CF").bytes).hex()


def test_the_profile_is_asked_for_and_every_text_is_freed() -> None:
    com = Com()
    assert (OFF, OFF) == QuietHours(com.libraries).profile()
    assert ["CoInitializeEx", "CoCreateInstance", "CoTaskMemFree", "CoTaskMemFree", "CoUninitialize"] == com.calls
    freed = [call[1].value for call in com.libraries.loaded["ole32"].calls if call[0] == "CoTaskMemFree"]
    assert [ctypes.addressof(text) for text in com.texts] == freed
    assert 1 == com.released


def test_a_profile_is_chosen() -> None:
    com = Com()
    quiet = QuietHours(com.libraries)
    quiet.choose(PRIORITY)
    assert (PRIORITY, OFF) == quiet.profile()


def test_a_windows_that_knows_no_such_object_is_an_error_and_com_is_left() -> None:
    com = Com(status=-2147221164)
    with pytest.raises(OSError, match="CoCreateInstance: 0x80040154"):
        QuietHours(com.libraries).profile()
    assert (0, "CoUninitialize") == (com.released, com.calls[-1])


def test_a_slot_that_refuses_is_an_error_and_the_object_is_released() -> None:
    com = Com(slot_status=-2147467259)
    with pytest.raises(OSError, match="slot 4: 0x80004005"):
        QuietHours(com.libraries).choose(PRIORITY)
    assert (1, "CoUninitialize") == (com.released, com.calls[-1])


def test_a_windows_that_does_not_tell_which_profile_means_off_is_no_fault() -> None:
    com = Com()
    com.silent = {9}
    assert (OFF, "") == QuietHours(com.libraries).profile()


def test_a_server_that_does_not_answer_is_not_waited_for() -> None:
    waiting = threading.Event()

    def hang(*_arguments: Any) -> int:
        waiting.wait(20.0)
        return -1

    answers: dict[str, Callable[..., Any]] = {"CoCreateInstance": hang}
    with pytest.raises(OSError):  # noqa: PT011  # TimeoutError is one
        QuietHours(Libraries(**answers), patience=0.01).profile()
    waiting.set()
