"""How long nobody has touched a Windows computer. Not run on a real one.

GetLastInputInfo (learn.microsoft.com) gives the tick count of the last input in this person's session; both counts
have 32 bits and begin anew after 49.7 days.
"""

import ctypes
from ctypes import POINTER, Structure, byref, sizeof, wintypes
from typing import Any


class LastInput(Structure):
    """LASTINPUTINFO."""

    _fields_ = (("size", wintypes.UINT), ("tick", wintypes.DWORD))


def seconds(user: Any = None, kernel: Any = None) -> float | None:
    """Seconds since the last input; None where Windows does not tell. The libraries are given by tests."""
    user = user or ctypes.WinDLL("user32")  # type: ignore[attr-defined,unused-ignore]
    kernel = kernel or ctypes.WinDLL("kernel32")  # type: ignore[attr-defined,unused-ignore]
    user.GetLastInputInfo.restype, user.GetLastInputInfo.argtypes = wintypes.BOOL, [POINTER(LastInput)]
    kernel.GetTickCount.restype, kernel.GetTickCount.argtypes = wintypes.DWORD, []
    last = LastInput(sizeof(LastInput), 0)
    if not user.GetLastInputInfo(byref(last)):
        return None
    return float((kernel.GetTickCount() - last.tick) % 2**32) / 1000
