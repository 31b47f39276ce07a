"""The programs of a Mac, by AppKit (pyobjc) and CoreGraphics (ctypes). Not run on a real Mac.

What NSRunningApplication says of being hidden changes only while the main run loop runs (its documentation,
"Overview"), which the guardian does not have; so it is run for a moment before the question, on the main thread, and
another thread asks CGWindowListCopyWindowInfo instead, which answers for this moment. Who owns a window it tells
without any permission; only titles need one (Apple, WWDC 2019, session 701).
"""

import ctypes
import functools
from collections.abc import Collection, Iterable, Mapping, Sequence
from ctypes import c_uint32, c_void_p
from typing import Any

from coachdesk.focus.macos.apps import Application

CORE_GRAPHICS = "/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics"
CORE_FOUNDATION = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
ON_SCREEN, WITHOUT_DESKTOP = 1 << 0, 1 << 4  # kCGWindowListOptionOnScreenOnly, kCGWindowListExcludeDesktopElements
REGULAR = 0  # NSApplicationActivationPolicyRegular
MOMENT = 0.01


class Workspace:
    """The calls of ``apps.Api``, made for real."""

    @functools.cached_property
    def _appkit(self) -> Any:
        import AppKit

        return AppKit

    @functools.cached_property
    def _graphics(self) -> Any:
        graphics = ctypes.CDLL(CORE_GRAPHICS)
        graphics.CGWindowListCopyWindowInfo.restype = c_void_p
        graphics.CGWindowListCopyWindowInfo.argtypes = [c_uint32, c_uint32]
        return graphics

    @functools.cached_property
    def _foundation(self) -> Any:
        foundation = ctypes.CDLL(CORE_FOUNDATION)
        foundation.CFRelease.restype, foundation.CFRelease.argtypes = None, [c_void_p]
        return foundation

    def applications(self) -> Sequence[Application]:
        """NSWorkspace.runningApplications, after the main run loop has run for a moment, unless it runs anyway."""
        from Foundation import NSDate, NSRunLoop, NSThread

        loop = NSRunLoop.mainRunLoop()
        if NSThread.isMainThread() and loop.currentMode() is None:
            loop.runUntilDate_(NSDate.dateWithTimeIntervalSinceNow_(MOMENT))
        return regular(self._appkit.NSWorkspace.sharedWorkspace().runningApplications())

    def application(self, process: int) -> Application | None:
        """NSRunningApplication.runningApplicationWithProcessIdentifier:."""
        one = self._one(process)
        return next(iter(regular([one] if one is not None else [])), None)

    def on_screen(self) -> Collection[int]:
        """CGWindowListCopyWindowInfo; the array is one of Foundation's too, and ours to release."""
        import objc

        told = self._graphics.CGWindowListCopyWindowInfo(ON_SCREEN | WITHOUT_DESKTOP, 0)
        if not told:
            return frozenset()
        try:
            with objc.autorelease_pool():
                return owners(objc.objc_object(c_void_p=told))
        finally:
            self._foundation.CFRelease(told)

    def hide(self, process: int) -> bool:
        """NSRunningApplication.hide."""
        one = self._one(process)
        return one is not None and bool(one.hide())

    def unhide(self, process: int) -> bool:
        """NSRunningApplication.unhide."""
        one = self._one(process)
        return one is not None and bool(one.unhide())

    def _one(self, process: int) -> Any:
        return self._appkit.NSRunningApplication.runningApplicationWithProcessIdentifier_(process)


def regular(running: Iterable[Any]) -> list[Application]:
    """The programs with a place in the Dock among NSRunningApplications."""
    return [
        Application(
            int(one.processIdentifier()),
            str(one.bundleIdentifier() or one.localizedName() or ""),
            str(one.localizedName() or ""),
            str(one.bundleURL().path()) if one.bundleURL() is not None else "",
            bool(one.isHidden()),
        )
        for one in running
        if one.activationPolicy() == REGULAR
    ]


def owners(windows: Iterable[Mapping[str, Any]]) -> frozenset[int]:
    """The processes of ordinary windows (layer 0) among what CGWindowListCopyWindowInfo tells (CGWindow.h)."""
    return frozenset(int(one["kCGWindowOwnerPID"]) for one in windows if int(one.get("kCGWindowLayer", -1)) == 0)
