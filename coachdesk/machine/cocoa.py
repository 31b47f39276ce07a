"""The calls to macOS themselves, by ctypes for Carbon and pyobjc for AppKit. Not run on a real Mac."""

import ctypes
import subprocess
import time
from collections.abc import Callable, Mapping
from ctypes import POINTER, Structure, byref, c_char_p, c_int32, c_size_t, c_uint8, c_uint16, c_uint32, c_void_p
from typing import Any

from coachdesk.machine.here import Closing

CARBON = "/System/Library/Frameworks/Carbon.framework/Carbon"
CORE_FOUNDATION = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
LIBC = "/usr/lib/libSystem.dylib"
OSASCRIPT = "/usr/bin/osascript"
_PATIENCE = 2.0


def four(code: str) -> int:
    """A four-character code, as C writes 'abcd'."""
    return int.from_bytes(code.encode("ascii"), "big")


class HotKeyId(Structure):
    """EventHotKeyID (HIToolbox/CarbonEvents.h)."""

    _fields_ = (("signature", c_uint32), ("number", c_uint32))


class EventType(Structure):
    """EventTypeSpec (HIToolbox/CarbonEventsCore.h)."""

    _fields_ = (("kind_class", c_uint32), ("kind", c_uint32))


HANDLER = ctypes.CFUNCTYPE(c_int32, c_void_p, c_void_p, c_void_p)
"""EventHandlerProcPtr: next handler, event, user data → OSStatus."""

SIGNATURES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "GetApplicationEventTarget": (c_void_p, ()),
    "InstallEventHandler": (
        c_int32,
        (c_void_p, HANDLER, c_size_t, POINTER(EventType), c_void_p, POINTER(c_void_p)),
    ),
    "RemoveEventHandler": (c_int32, (c_void_p,)),
    "GetEventParameter": (
        c_int32,
        (c_void_p, c_uint32, c_uint32, c_void_p, c_size_t, c_void_p, c_void_p),
    ),
    "RegisterEventHotKey": (c_int32, (c_uint32, c_uint32, HotKeyId, c_void_p, c_uint32, POINTER(c_void_p))),
    "UnregisterEventHotKey": (c_int32, (c_void_p,)),
    "TISCopyCurrentKeyboardLayoutInputSource": (c_void_p, ()),
    "TISGetInputSourceProperty": (c_void_p, (c_void_p, c_void_p)),
    "LMGetKbdType": (c_uint8, ()),
    "UCKeyTranslate": (
        c_int32,
        (
            *(c_void_p, c_uint16, c_uint16, c_uint32, c_uint32, c_uint32),
            *(POINTER(c_uint32), c_size_t, POINTER(c_size_t), POINTER(c_uint16)),
        ),
    ),
}
"""Carbon's functions: HIToolbox/CarbonEvents.h, CarbonEventsCore.h, TextInputSources.h, CarbonCore/UnicodeUtilities.h.
RegisterEventHotKey is not deprecated and used by Qt programs such as copyq (its qxtglobalshortcut_mac)."""

_HOT_KEY_PRESSED = EventType(four("keyb"), 5)  # kEventClassKeyboard, kEventHotKeyPressed
_DIRECT_OBJECT, _HOT_KEY_ID = four("----"), four("hkid")  # kEventParamDirectObject, typeEventHotKeyID
_SIGNATURE = four("CDsk")
_KEY_DOWN, _NO_DEAD_KEYS = 0, 1  # kUCKeyActionDown, kUCKeyTranslateNoDeadKeysMask

# NSWindowCollectionBehavior: CanJoinAllSpaces, Stationary, IgnoresCycle, FullScreenAuxiliary (AppKit/NSWindow.h)
_EVERYWHERE = 1 << 0 | 1 << 4 | 1 << 6 | 1 << 8
_STATUS_WINDOW_LEVEL = 25  # NSStatusWindowLevel
_IGNORING_OTHERS = 1 << 1  # NSApplicationActivateIgnoringOtherApps; macOS 14 decides by itself (cooperative activation)


class Mac:
    """The calls of ``macos.Api``, made for real."""

    def __init__(self) -> None:
        self._carbon = ctypes.CDLL(CARBON)
        for name, (answer, arguments) in SIGNATURES.items():
            function = getattr(self._carbon, name)
            function.restype, function.argtypes = answer, list(arguments)

    def clocks(self) -> tuple[float, float]:
        """clock_gettime(3): CLOCK_MONOTONIC goes on in sleep, CLOCK_UPTIME_RAW does not."""
        up = time.clock_gettime(time.CLOCK_UPTIME_RAW)  # type: ignore[attr-defined,unused-ignore]
        return time.clock_gettime(time.CLOCK_MONOTONIC), up

    def boot_session(self) -> str:
        """sysctlbyname(3) of kern.bootsessionuuid (xnu, bsd/kern/kern_sysctl.c); raises OSError."""
        libc = ctypes.CDLL(LIBC, use_errno=True)
        libc.sysctlbyname.restype = ctypes.c_int
        libc.sysctlbyname.argtypes = [c_char_p, c_void_p, POINTER(c_size_t), c_void_p, c_size_t]
        text = ctypes.create_string_buffer(64)
        size = c_size_t(ctypes.sizeof(text))
        if libc.sysctlbyname(b"kern.bootsessionuuid", text, byref(size), None, 0):
            raise OSError(ctypes.get_errno(), "kern.bootsessionuuid")
        return text.value.decode("ascii")

    def layout(self) -> Mapping[str, int]:
        """UCKeyTranslate of each key without modifiers; plainest key first."""
        found: dict[str, int] = {}
        foundation = ctypes.CDLL(CORE_FOUNDATION)
        foundation.CFDataGetBytePtr.restype, foundation.CFDataGetBytePtr.argtypes = c_void_p, [c_void_p]
        foundation.CFRelease.restype, foundation.CFRelease.argtypes = None, [c_void_p]
        source = self._carbon.TISCopyCurrentKeyboardLayoutInputSource()
        if not source:
            return found
        name = c_void_p.in_dll(self._carbon, "kTISPropertyUnicodeKeyLayoutData")
        data = self._carbon.TISGetInputSourceProperty(source, name)
        if data:
            layout = foundation.CFDataGetBytePtr(data)
            for code in range(64):
                found.setdefault(self._character(layout, code), code)
        foundation.CFRelease(source)
        found.pop("", None)
        return found

    def _character(self, layout: int, code: int) -> str:
        dead, length, text = c_uint32(), c_size_t(), (c_uint16 * 4)()
        keyboard = self._carbon.LMGetKbdType()
        self._carbon.UCKeyTranslate(
            *(layout, code, _KEY_DOWN, 0, keyboard, _NO_DEAD_KEYS),
            *(byref(dead), len(text), byref(length), text),
        )
        return chr(text[0]).lower() if length.value == 1 and text[0] > 0x20 else ""

    def hear_hot_keys(self, on_number: Callable[[int], None]) -> Closing:
        """InstallEventHandler on the application's target; events come through the main run loop."""
        return Handler(self._carbon, on_number)

    def register_hot_key(self, number: int, code: int, modifiers: int) -> tuple[int, object]:
        """RegisterEventHotKey."""
        registered = c_void_p()
        target = self._carbon.GetApplicationEventTarget()
        name = HotKeyId(_SIGNATURE, number)
        status = self._carbon.RegisterEventHotKey(code, modifiers, name, target, 0, byref(registered))
        return int(status), registered

    def unregister_hot_key(self, registered: object) -> None:
        """UnregisterEventHotKey."""
        self._carbon.UnregisterEventHotKey(registered)

    def lift(self, view: int) -> None:
        """NSWindow: collection behaviour, level, never hidden with the application, in front without activation.

        As BANDORI-PET's pull request 30 and goldendict-ng's 3061 do for windows over full-screen calls. Qt's ``winId``
        is the NSView (documentation of QWidget::winId).
        """
        import objc

        window = objc.objc_object(c_void_p=view).window()
        if window is None:
            return
        window.setCollectionBehavior_(_EVERYWHERE)
        window.setLevel_(_STATUS_WINDOW_LEVEL)
        window.setHidesOnDeactivate_(False)
        if window.isVisible():
            window.orderFrontRegardless()

    def frontmost(self) -> int | None:
        """NSWorkspace.frontmostApplication."""
        from AppKit import NSWorkspace

        application = NSWorkspace.sharedWorkspace().frontmostApplication()
        return None if application is None else int(application.processIdentifier())

    def activate(self, process: int) -> None:
        """NSRunningApplication.activateWithOptions:."""
        from AppKit import NSRunningApplication

        application = NSRunningApplication.runningApplicationWithProcessIdentifier_(process)
        if application is not None:
            application.activateWithOptions_(_IGNORING_OTHERS)

    def notify(self, title: str, body: str) -> bool:
        """AppleScript's ``display notification``."""
        return show_notification(title, body)

    def observe(self, names: Mapping[str, str], on_name: Callable[[str], None]) -> Closing:
        """Names of Apple's own go to NSDistributedNotificationCenter, the others to NSWorkspace's (QA1340)."""
        from AppKit import NSWorkspace
        from Foundation import NSDistributedNotificationCenter

        others = NSWorkspace.sharedWorkspace().notificationCenter()
        distributed = NSDistributedNotificationCenter.defaultCenter()
        return Observers([(distributed if name.startswith("com.apple.") else others, name) for name in names], on_name)


def show_notification(title: str, body: str) -> bool:
    """osascript(1) and ``display notification`` (Mac Automation Scripting Guide, "Displaying Notifications").

    The texts are arguments of the script, so that nothing in them is taken as a part of it. Whether it ran.
    """
    script = ("on run argv", "display notification (item 2 of argv) with title (item 1 of argv)", "end run")
    command = [OSASCRIPT, *(part for line in script for part in ("-e", line)), title, body]
    try:
        return subprocess.run(command, check=False, capture_output=True, timeout=_PATIENCE).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


class Handler:
    """The installed handler of pressed hot keys."""

    def __init__(self, carbon: Any, on_number: Callable[[int], None]) -> None:
        self._carbon = carbon
        self._installed = c_void_p()

        def pressed(_next: int, event: int, _data: int) -> int:
            name = HotKeyId()
            carbon.GetEventParameter(event, _DIRECT_OBJECT, _HOT_KEY_ID, None, ctypes.sizeof(name), None, byref(name))
            if name.signature == _SIGNATURE:
                on_number(name.number)
            return 0

        self._pressed = HANDLER(pressed)  # kept: Carbon calls it as long as it is installed
        target = carbon.GetApplicationEventTarget()
        kinds = (EventType * 1)(_HOT_KEY_PRESSED)
        carbon.InstallEventHandler(target, self._pressed, 1, kinds, None, byref(self._installed))

    def close(self) -> None:
        """RemoveEventHandler."""
        if self._installed:
            self._carbon.RemoveEventHandler(self._installed)
            self._installed = c_void_p()


class Observers:
    """Observers of notifications, each at its centre."""

    def __init__(self, wanted: list[tuple[Any, str]], on_name: Callable[[str], None]) -> None:
        def heard(notification: Any) -> None:
            on_name(str(notification.name()))

        self._tokens = [
            (centre, centre.addObserverForName_object_queue_usingBlock_(name, None, None, heard))
            for centre, name in wanted
        ]

    def close(self) -> None:
        """Remove them."""
        for centre, token in self._tokens:
            centre.removeObserver_(token)
        self._tokens = []
