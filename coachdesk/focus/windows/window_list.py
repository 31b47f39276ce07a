"""The windows of a Windows computer, by user32, dwmapi, kernel32 and version. Not run on a real Windows computer.

Signatures: the pages of the functions on learn.microsoft.com.
"""

import contextlib
import ctypes
import functools
from collections.abc import Sequence
from ctypes import POINTER, Structure, byref, c_int, c_int32, c_uint32, c_void_p, cast, sizeof, wintypes
from typing import Any

from coachdesk.focus.windows.apps import FRAME_HOST, Window
from coachdesk.focus.windows.libraries import Load, called_back, library

OWNER = 4  # GW_OWNER
EXTENDED_STYLE = -20  # GWL_EXSTYLE
TOOL_WINDOW, APP_WINDOW = 0x00000080, 0x00040000
CLOAKED = 14  # DWMWA_CLOAKED
SHOW_MAXIMISED, RESTORE_TO_MAXIMISED = 3, 0x2  # SW_SHOWMAXIMIZED, WPF_RESTORETOMAXIMIZED
ASK_A_LITTLE = 0x1000  # PROCESS_QUERY_LIMITED_INFORMATION
CORE_WINDOW = "Windows.UI.Core.CoreWindow"
LONGEST_PATH = 32768


class Placement(Structure):
    """WINDOWPLACEMENT."""

    _fields_ = (
        ("length", c_uint32),
        ("flags", c_uint32),
        ("show", c_uint32),
        ("minimised_at", c_int32 * 2),
        ("maximised_at", c_int32 * 2),
        ("normal", c_int32 * 4),
    )


VISIT = called_back(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)
"""WNDENUMPROC."""

SIGNATURES: dict[str, dict[str, tuple[Any, tuple[Any, ...]]]] = {
    "user32": {
        "EnumWindows": (wintypes.BOOL, (VISIT, wintypes.LPARAM)),
        "IsWindowVisible": (wintypes.BOOL, (wintypes.HWND,)),
        "IsIconic": (wintypes.BOOL, (wintypes.HWND,)),
        "GetWindow": (wintypes.HWND, (wintypes.HWND, wintypes.UINT)),
        "GetWindowLongW": (wintypes.LONG, (wintypes.HWND, c_int)),
        "GetWindowPlacement": (wintypes.BOOL, (wintypes.HWND, POINTER(Placement))),
        "GetWindowThreadProcessId": (wintypes.DWORD, (wintypes.HWND, POINTER(wintypes.DWORD))),
        "GetForegroundWindow": (wintypes.HWND, ()),
        "FindWindowExW": (wintypes.HWND, (wintypes.HWND, wintypes.HWND, wintypes.LPCWSTR, wintypes.LPCWSTR)),
        "ShowWindowAsync": (wintypes.BOOL, (wintypes.HWND, c_int)),
    },
    "dwmapi": {
        "DwmGetWindowAttribute": (c_int32, (wintypes.HWND, wintypes.DWORD, c_void_p, wintypes.DWORD)),
    },
    "kernel32": {
        "OpenProcess": (wintypes.HANDLE, (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)),
        "QueryFullProcessImageNameW": (
            wintypes.BOOL,
            (wintypes.HANDLE, wintypes.DWORD, wintypes.LPWSTR, POINTER(wintypes.DWORD)),
        ),
        "CloseHandle": (wintypes.BOOL, (wintypes.HANDLE,)),
    },
    "version": {
        "GetFileVersionInfoSizeW": (wintypes.DWORD, (wintypes.LPCWSTR, POINTER(wintypes.DWORD))),
        "GetFileVersionInfoW": (wintypes.BOOL, (wintypes.LPCWSTR, wintypes.DWORD, wintypes.DWORD, c_void_p)),
        "VerQueryValueW": (
            wintypes.BOOL,
            (c_void_p, wintypes.LPCWSTR, POINTER(c_void_p), POINTER(wintypes.UINT)),
        ),
    },
}
"""By library and function: the type of the answer and those of the arguments."""


class WindowList:
    """The calls of ``apps.Api``, made for real."""

    def __init__(self, load: Load | None = None) -> None:
        self._load = load

    @functools.cached_property
    def _user(self) -> Any:
        return library("user32", SIGNATURES["user32"], self._load)

    @functools.cached_property
    def _composition(self) -> Any:
        return library("dwmapi", SIGNATURES["dwmapi"], self._load)

    @functools.cached_property
    def _kernel(self) -> Any:
        return library("kernel32", SIGNATURES["kernel32"], self._load)

    @functools.cached_property
    def _version(self) -> Any:
        return library("version", SIGNATURES["version"], self._load)

    def windows(self) -> Sequence[Window]:
        """EnumWindows; what is invisible is not asked further."""
        handles: list[int] = []

        def visit(handle: int, _parameter: int) -> bool:
            handles.append(handle)
            return True

        self._user.EnumWindows(VISIT(visit), 0)
        return [self._window(handle) for handle in handles if self._user.IsWindowVisible(handle)]

    def foreground(self) -> Window | None:
        """GetForegroundWindow."""
        handle = self._user.GetForegroundWindow()
        return self._window(handle) if handle and self._user.IsWindowVisible(handle) else None

    def program(self, window: Window) -> str:
        """QueryFullProcessImageNameW; for a program from the store that of the window inside the frame."""
        path = self._image(window.process)
        if not path.lower().endswith(FRAME_HOST):
            return path
        inside = self._user.FindWindowExW(window.handle, None, CORE_WINDOW, None)
        return self._image(self._process(inside)) if inside else path

    def description(self, path: str) -> str:
        """FileDescription of the version, in the first language it has (VerQueryValueW)."""
        with contextlib.suppress(OSError):
            size = self._version.GetFileVersionInfoSizeW(path, None)
            block = ctypes.create_string_buffer(size or 1)
            if not size or not self._version.GetFileVersionInfoW(path, 0, size, block):
                return ""
            place, _length = self._value(block, r"\VarFileInfo\Translation")
            if place:
                language, page = (ctypes.c_uint16 * 2).from_address(place)
                place, length = self._value(block, rf"\StringFileInfo\{language:04x}{page:04x}\FileDescription")
                return ctypes.wstring_at(place, length).rstrip("\0 ") if place and length else ""
        return ""

    def show(self, handle: int, command: int) -> bool:
        """ShowWindowAsync."""
        return bool(self._user.ShowWindowAsync(handle, command))

    def _window(self, handle: int) -> Window:
        style = self._user.GetWindowLongW(handle, EXTENDED_STYLE)
        placement = Placement(length=sizeof(Placement))
        self._user.GetWindowPlacement(handle, byref(placement))
        return Window(
            handle,
            self._process(handle),
            cloaked=self._is_cloaked(handle),
            owned=bool(self._user.GetWindow(handle, OWNER)),
            tool=bool(style & TOOL_WINDOW),
            app=bool(style & APP_WINDOW),
            down=bool(self._user.IsIconic(handle)),
            maximised=placement.show == SHOW_MAXIMISED or bool(placement.flags & RESTORE_TO_MAXIMISED),
        )

    def _is_cloaked(self, handle: int) -> bool:
        told = c_uint32()
        status = self._composition.DwmGetWindowAttribute(handle, CLOAKED, byref(told), sizeof(told))
        return status == 0 and bool(told.value)

    def _process(self, handle: int) -> int:
        told = wintypes.DWORD()
        self._user.GetWindowThreadProcessId(handle, byref(told))
        return int(told.value)

    def _image(self, process: int) -> str:
        opened = self._kernel.OpenProcess(ASK_A_LITTLE, False, process)
        if not opened:
            return ""
        try:
            text, length = ctypes.create_unicode_buffer(LONGEST_PATH), wintypes.DWORD(LONGEST_PATH)
            told = self._kernel.QueryFullProcessImageNameW(opened, 0, text, byref(length))
            return text.value if told else ""
        finally:
            self._kernel.CloseHandle(opened)

    def _value(self, block: Any, name: str) -> tuple[int | None, int]:
        place, length = c_void_p(), wintypes.UINT()
        found = self._version.VerQueryValueW(cast(block, c_void_p), name, byref(place), byref(length))
        return (place.value, int(length.value)) if found else (None, 0)
