"""The calls behind the list of windows, on made-up libraries."""

import ctypes
from collections.abc import Callable
from ctypes import wintypes
from typing import Any

from coachdesk.focus.windows.apps import Window
from coachdesk.focus.windows.window_list import SIGNATURES, VISIT, Placement, WindowList
from tests.focus.windows.libraries import Libraries

HOST = r"C:\Windows\System32\ApplicationFrameHost.exe"


def place(value: int) -> Callable[..., int]:
    """A function that writes a number where its last argument points."""

    def write(*arguments: Any) -> int:
        arguments[-1]._obj.value = value
        return 1

    return write


def paths(**known: str) -> dict[str, Callable[..., Any]]:
    """The functions that tell the path of a process: "p7" is process 7, whose handle is 70."""

    def name(handle: int, _flags: int, text: Any, length: Any) -> int:
        found = known.get(f"p{handle // 10}", "")
        text.value = found
        length._obj.value = len(found)
        return int(bool(found))

    return {
        "OpenProcess": lambda _rights, _inherit, process: process * 10 if f"p{process}" in known else 0,
        "QueryFullProcessImageNameW": name,
    }


def test_structures_have_the_size_windows_expects() -> None:
    assert 44 == ctypes.sizeof(Placement)


def test_visible_windows_are_told_with_all_that_counts() -> None:
    def visit(callback: Any, parameter: int) -> int:
        assert isinstance(callback, VISIT)
        return all(callback(handle, parameter) for handle in (10, 11, 12))

    def placement(handle: int, where: Any) -> int:
        assert 44 == where._obj.length
        where._obj.show = 3 if handle == 10 else 2
        where._obj.flags = 2 if handle == 12 else 0
        return 1

    def cloaked(handle: int, kind: int, where: Any, size: int) -> int:
        assert (14, 4) == (kind, size)
        where._obj.value = 2
        return 0 if handle == 12 else -1

    libraries = Libraries(
        EnumWindows=visit,
        IsWindowVisible=lambda handle: handle != 11,
        IsIconic=lambda handle: handle == 12,
        GetWindow=lambda handle, which: 5 if (handle, which) == (12, 4) else None,
        GetWindowLongW=lambda handle, _which: 0x00040080 if handle == 12 else 0,
        GetWindowPlacement=placement,
        GetWindowThreadProcessId=place(7),
        DwmGetWindowAttribute=cloaked,
    )
    assert [
        Window(10, 7, maximised=True),
        Window(12, 7, cloaked=True, owned=True, tool=True, app=True, down=True, maximised=True),
    ] == WindowList(libraries).windows()


def test_the_window_in_front_is_told_unless_there_is_none() -> None:
    libraries = Libraries(
        GetForegroundWindow=lambda: 10,
        IsIconic=lambda _handle: 0,
        GetWindow=lambda *_arguments: None,
        GetWindowLongW=lambda *_arguments: 0,
        GetWindowThreadProcessId=place(7),
        DwmGetWindowAttribute=lambda *_arguments: -1,
    )
    assert Window(10, 7) == WindowList(libraries).foreground()
    assert None is WindowList(Libraries(GetForegroundWindow=lambda: None)).foreground()
    assert None is WindowList(Libraries(IsWindowVisible=lambda _handle: 0)).foreground()


def test_the_program_of_a_window_is_its_file_and_every_handle_is_closed() -> None:
    libraries = Libraries(**paths(p7=r"C:\Apps\slack.exe"))
    assert r"C:\Apps\slack.exe" == WindowList(libraries).program(Window(10, 7))
    assert ("CloseHandle", 70) in libraries.loaded["kernel32"].calls


def test_a_program_that_windows_does_not_tell_is_none() -> None:
    assert "" == WindowList(Libraries(**paths())).program(Window(10, 7))


def test_a_program_from_the_store_is_told_by_the_window_inside_the_frame() -> None:
    known = paths(p7=HOST, p8=r"C:\Program Files\WindowsApps\WhatsApp.exe")
    inside = Libraries(
        **known,
        FindWindowExW=lambda frame, _after, kind, _title: (
            12 if (frame, kind) == (10, "Windows.UI.Core.CoreWindow") else 0
        ),
        GetWindowThreadProcessId=place(8),
    )
    assert r"C:\Program Files\WindowsApps\WhatsApp.exe" == WindowList(inside).program(Window(10, 7))
    asleep = Libraries(**known, FindWindowExW=lambda *_arguments: None)
    assert HOST == WindowList(asleep).program(Window(10, 7))


def test_what_a_program_is_called_is_read_from_its_version() -> None:
    translation = (ctypes.c_uint16 * 2)(0x0409, 0x04B0)
    called = ctypes.create_unicode_buffer("Slack")
    texts = {
        r"\VarFileInfo\Translation": (ctypes.addressof(translation), 4),
        r"\StringFileInfo\040904b0\FileDescription": (ctypes.addressof(called), 6),
    }

    def value(_block: Any, name: str, where: Any, length: Any) -> int:
        where._obj.value, length._obj.value = texts[name]
        return 1

    libraries = Libraries(GetFileVersionInfoSizeW=lambda *_arguments: 100, VerQueryValueW=value)
    assert "Slack" == WindowList(libraries).description(r"C:\Apps\slack.exe")
    without = Libraries(GetFileVersionInfoSizeW=lambda *_arguments: 0)
    assert "" == WindowList(without).description(r"C:\Apps\slack.exe")
    silent = Libraries(GetFileVersionInfoSizeW=lambda *_arguments: 100, VerQueryValueW=lambda *_arguments: 0)
    assert "" == WindowList(silent).description(r"C:\Apps\slack.exe")


def test_a_window_is_shown_without_waiting_for_its_program() -> None:
    libraries = Libraries(ShowWindowAsync=lambda _handle, command: command == 7)
    windows = WindowList(libraries)
    assert (True, False) == (windows.show(10, 7), windows.show(10, 4))


def test_every_function_has_its_types() -> None:
    assert all(isinstance(types, tuple) for each in SIGNATURES.values() for _answer, types in each.values())
    assert wintypes.HANDLE is SIGNATURES["kernel32"]["OpenProcess"][0]
