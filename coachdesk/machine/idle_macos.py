"""How long nobody has touched a Mac. Not run on a real one.

CGEventSourceSecondsSinceLastEventType (CoreGraphics/CGEventSource.h) with kCGEventSourceStateCombinedSessionState (0)
and kCGAnyInputEventType (all bits set).
"""

import ctypes
from typing import Any

GRAPHICS = "/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics"
COMBINED_SESSION, ANY_INPUT = 0, 0xFFFFFFFF


def seconds(graphics: Any = None) -> float | None:
    """Seconds since the last input; None where the system does not tell. The library is given by tests."""
    try:
        graphics = graphics or ctypes.CDLL(GRAPHICS)
        ask = graphics.CGEventSourceSecondsSinceLastEventType
    except (OSError, AttributeError):
        return None
    ask.restype, ask.argtypes = ctypes.c_double, [ctypes.c_int32, ctypes.c_uint32]
    return float(ask(COMBINED_SESSION, ANY_INPUT))
