"""The calls to Windows themselves, by ctypes, with every type declared. Not run on a real Windows computer.

Signatures: the pages of the functions on learn.microsoft.com; ``SYSTEM_TIMEOFDAY_INFORMATION``, which is not documented
there: System Informer's phnt headers (ntdoc.m417z.com) and geoffchappell.com.
"""

import contextlib
import ctypes
import uuid
from collections.abc import Callable, Iterator
from ctypes import POINTER, Structure, byref, c_int, c_int64, c_ssize_t, c_uint16, c_uint32, c_uint64, sizeof, wintypes
from typing import Any

from coachdesk.machine.here import Closing

HWND_TOPMOST = -1
SWP_NOSIZE, SWP_NOMOVE, SWP_NOACTIVATE = 0x0001, 0x0002, 0x0010
NOTIFY_FOR_THIS_SESSION = 0
SYSTEM_TIME_OF_DAY_INFORMATION = 3
PM_NOREMOVE = 0


class TimeOfDay(Structure):
    """SYSTEM_TIMEOFDAY_INFORMATION; times in hundreds of nanoseconds."""

    _fields_ = (
        ("boot_time", c_int64),
        ("current_time", c_int64),
        ("time_zone_bias", c_int64),
        ("time_zone_id", c_uint32),
        ("reserved", c_uint32),
        ("boot_time_bias", c_uint64),
        ("sleep_time_bias", c_uint64),
    )


class Version(Structure):
    """OSVERSIONINFOW."""

    _fields_ = (
        ("size", c_uint32),
        ("major", c_uint32),
        ("minor", c_uint32),
        ("build", c_uint32),
        ("platform", c_uint32),
        ("service_pack", c_uint16 * 128),
    )


class WindowClass(Structure):
    """WNDCLASSW."""

    _fields_ = (
        ("style", wintypes.UINT),
        ("procedure", ctypes.c_void_p),
        ("class_extra", c_int),
        ("window_extra", c_int),
        ("instance", wintypes.HINSTANCE),
        ("icon", wintypes.HICON),
        ("cursor", wintypes.HANDLE),
        ("background", wintypes.HBRUSH),
        ("menu_name", wintypes.LPCWSTR),
        ("class_name", wintypes.LPCWSTR),
    )


SIGNATURES: dict[str, dict[str, tuple[Any, tuple[Any, ...]]]] = {
    "kernel32": {
        "GetTickCount64": (c_uint64, ()),
        "QueryUnbiasedInterruptTime": (wintypes.BOOL, (POINTER(c_uint64),)),
        "GetCurrentThreadId": (wintypes.DWORD, ()),
        "GetModuleHandleW": (wintypes.HMODULE, (wintypes.LPCWSTR,)),
    },
    "ntdll": {
        "NtQuerySystemInformation": (
            wintypes.LONG,
            (c_int, ctypes.c_void_p, wintypes.ULONG, POINTER(wintypes.ULONG)),
        ),
        "RtlGetVersion": (wintypes.LONG, (POINTER(Version),)),
    },
    "shell32": {"SetCurrentProcessExplicitAppUserModelID": (wintypes.LONG, (wintypes.LPCWSTR,))},
    "wtsapi32": {
        "WTSRegisterSessionNotification": (wintypes.BOOL, (wintypes.HWND, wintypes.DWORD)),
        "WTSUnRegisterSessionNotification": (wintypes.BOOL, (wintypes.HWND,)),
    },
    "user32": {
        "VkKeyScanW": (ctypes.c_short, (wintypes.WCHAR,)),
        "RegisterHotKey": (wintypes.BOOL, (wintypes.HWND, c_int, wintypes.UINT, wintypes.UINT)),
        "UnregisterHotKey": (wintypes.BOOL, (wintypes.HWND, c_int)),
        "PeekMessageW": (
            wintypes.BOOL,
            (POINTER(wintypes.MSG), wintypes.HWND, wintypes.UINT, wintypes.UINT, wintypes.UINT),
        ),
        "GetMessageW": (wintypes.BOOL, (POINTER(wintypes.MSG), wintypes.HWND, wintypes.UINT, wintypes.UINT)),
        "DispatchMessageW": (c_ssize_t, (POINTER(wintypes.MSG),)),
        "PostThreadMessageW": (wintypes.BOOL, (wintypes.DWORD, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM)),
        "RegisterClassW": (wintypes.ATOM, (POINTER(WindowClass),)),
        "UnregisterClassW": (wintypes.BOOL, (wintypes.LPCWSTR, wintypes.HINSTANCE)),
        "CreateWindowExW": (
            wintypes.HWND,
            (
                *(wintypes.DWORD, wintypes.LPCWSTR, wintypes.LPCWSTR, wintypes.DWORD, c_int, c_int, c_int, c_int),
                *(wintypes.HWND, wintypes.HMENU, wintypes.HINSTANCE, wintypes.LPVOID),
            ),
        ),
        "DestroyWindow": (wintypes.BOOL, (wintypes.HWND,)),
        "DefWindowProcW": (c_ssize_t, (wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM)),
        "SetWindowPos": (
            wintypes.BOOL,
            (wintypes.HWND, wintypes.HWND, c_int, c_int, c_int, c_int, wintypes.UINT),
        ),
        "GetForegroundWindow": (wintypes.HWND, ()),
        "SetForegroundWindow": (wintypes.BOOL, (wintypes.HWND,)),
        "IsWindow": (wintypes.BOOL, (wintypes.HWND,)),
        "IsHungAppWindow": (wintypes.BOOL, (wintypes.HWND,)),
        "GetWindowThreadProcessId": (wintypes.DWORD, (wintypes.HWND, POINTER(wintypes.DWORD))),
        "SetWindowDisplayAffinity": (wintypes.BOOL, (wintypes.HWND, wintypes.DWORD)),
        "GetWindowDisplayAffinity": (wintypes.BOOL, (wintypes.HWND, POINTER(wintypes.DWORD))),
        "AttachThreadInput": (wintypes.BOOL, (wintypes.DWORD, wintypes.DWORD, wintypes.BOOL)),
    },
}
"""By library and function: the type of the answer and those of the arguments."""


def declared(library: Any, signatures: dict[str, tuple[Any, tuple[Any, ...]]]) -> Any:
    """The library with the types of its functions declared; without, 64-bit handles would be cut to 32."""
    for name, (answer, arguments) in signatures.items():
        function = getattr(library, name)
        function.restype, function.argtypes = answer, list(arguments)
    return library


class Win32:
    """The calls of ``windows.Api``, made for real."""

    def __init__(self, load: Callable[[str], Any] | None = None) -> None:
        load = load or (lambda name: ctypes.WinDLL(name, use_last_error=True))  # type: ignore[attr-defined]
        self._kernel = declared(load("kernel32"), SIGNATURES["kernel32"])
        self._nt = declared(load("ntdll"), SIGNATURES["ntdll"])
        self._shell = declared(load("shell32"), SIGNATURES["shell32"])
        self._sessions = declared(load("wtsapi32"), SIGNATURES["wtsapi32"])
        self._user = declared(load("user32"), SIGNATURES["user32"])

    def set_app_id(self, app_id: str) -> None:
        """SetCurrentProcessExplicitAppUserModelID; where Windows refuses, the taskbar goes by the program's path."""
        self._shell.SetCurrentProcessExplicitAppUserModelID(app_id)

    def tick_count(self) -> int:
        """GetTickCount64."""
        return int(self._kernel.GetTickCount64())

    def unbiased_time(self) -> int:
        """QueryUnbiasedInterruptTime."""
        time = c_uint64()
        self._kernel.QueryUnbiasedInterruptTime(byref(time))
        return time.value

    def boot_time(self) -> int:
        """BootTime less BootTimeBias of SystemTimeOfDayInformation; raises OSError where Windows refuses."""
        told = TimeOfDay()
        status = self._nt.NtQuerySystemInformation(SYSTEM_TIME_OF_DAY_INFORMATION, byref(told), sizeof(told), None)
        if status != 0:
            raise OSError(f"NtQuerySystemInformation: {status & 0xFFFFFFFF:#x}")
        return int(told.boot_time - ctypes.c_int64(told.boot_time_bias).value)

    def key_of(self, character: str) -> int:
        """VkKeyScanW."""
        return int(self._user.VkKeyScanW(character))

    def register_hot_key(self, number: int, modifiers: int, virtual_key: int) -> int:
        """RegisterHotKey without a window."""
        if self._user.RegisterHotKey(None, number, modifiers, virtual_key):
            return 0
        return int(ctypes.get_last_error()) or -1  # type: ignore[attr-defined]

    def unregister_hot_key(self, number: int) -> None:
        """UnregisterHotKey."""
        self._user.UnregisterHotKey(None, number)

    def thread(self) -> int:
        """GetCurrentThreadId, after PeekMessageW has made the queue (PostThreadMessageW, Remarks)."""
        self._user.PeekMessageW(byref(wintypes.MSG()), None, 0, 0, PM_NOREMOVE)
        return int(self._kernel.GetCurrentThreadId())

    def post(self, thread: int, message: int) -> None:
        """PostThreadMessageW."""
        self._user.PostThreadMessageW(thread, message, 0, 0)

    def next_message(self) -> tuple[int, int] | None:
        """GetMessageW, which answers 0 for WM_QUIT and -1 for an error, and DispatchMessageW."""
        message = wintypes.MSG()
        if self._user.GetMessageW(byref(message), None, 0, 0) <= 0:
            return None
        self._user.DispatchMessageW(byref(message))
        return int(message.message), int(message.wParam)

    def listen(self, on_message: Callable[[int, int], None]) -> Closing:
        """A hidden top-level window: a message-only one gets no broadcasts ("Window Features")."""
        return HiddenWindow(self._user, self._kernel, self._sessions, on_message)

    def raise_topmost(self, window: int) -> None:
        """SetWindowPos."""
        self._user.SetWindowPos(window, HWND_TOPMOST, 0, 0, 0, 0, SWP_NOMOVE | SWP_NOSIZE | SWP_NOACTIVATE)

    def foreground(self) -> int:
        """GetForegroundWindow."""
        return int(self._user.GetForegroundWindow() or 0)

    def set_foreground(self, window: int) -> bool:
        """SetForegroundWindow."""
        return bool(self._user.SetForegroundWindow(window))

    def hangs(self, window: int) -> bool:
        """IsHungAppWindow; also for a window that has gone."""
        return not self._user.IsWindow(window) or bool(self._user.IsHungAppWindow(window))

    def build(self) -> int:
        """RtlGetVersion."""
        told = Version(size=sizeof(Version))
        self._nt.RtlGetVersion(byref(told))
        return int(told.build)

    def set_display_affinity(self, window: int, affinity: int) -> bool:
        """SetWindowDisplayAffinity."""
        return bool(self._user.SetWindowDisplayAffinity(window, affinity))

    def display_affinity(self, window: int) -> int:
        """GetWindowDisplayAffinity."""
        told = wintypes.DWORD()
        return int(told.value) if self._user.GetWindowDisplayAffinity(window, byref(told)) else 0

    @contextlib.contextmanager
    def input_shared_with(self, window: int) -> Iterator[None]:
        """AttachThreadInput to the window's thread, and back."""
        ours = self._kernel.GetCurrentThreadId()
        theirs = self._user.GetWindowThreadProcessId(window, None)
        shared = ours != theirs and bool(self._user.AttachThreadInput(ours, theirs, True))
        try:
            yield
        finally:
            if shared:
                self._user.AttachThreadInput(ours, theirs, False)


class HiddenWindow:
    """A window never shown, for messages Windows sends to windows only. Belongs to the thread that makes it."""

    def __init__(self, user: Any, kernel: Any, sessions: Any, on_message: Callable[[int, int], None]) -> None:
        self._user, self._sessions = user, sessions
        self._name = f"CoachDesk-{uuid.uuid4()}"
        self._instance = kernel.GetModuleHandleW(None)
        make = getattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE)
        kind = make(c_ssize_t, wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM)

        def procedure(window: int, message: int, first: int, second: int) -> int:
            on_message(message, first)
            return int(user.DefWindowProcW(window, message, first, second))

        self._procedure = kind(procedure)  # kept: Windows calls it as long as the window lives
        described = WindowClass(
            procedure=ctypes.cast(self._procedure, ctypes.c_void_p), instance=self._instance, class_name=self._name
        )
        user.RegisterClassW(byref(described))
        self._window = user.CreateWindowExW(0, self._name, None, 0, 0, 0, 0, 0, None, None, self._instance, None)
        sessions.WTSRegisterSessionNotification(self._window, NOTIFY_FOR_THIS_SESSION)

    def close(self) -> None:
        """Take it away; from the thread that made it (DestroyWindow, Remarks)."""
        self._sessions.WTSUnRegisterSessionNotification(self._window)
        self._user.DestroyWindow(self._window)
        self._user.UnregisterClassW(self._name, self._instance)
