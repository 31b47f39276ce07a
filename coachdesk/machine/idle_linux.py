"""How long nobody has touched a Linux computer: asked of the X11 screen, or of GNOME on Wayland.

X11: QueryInfo of the MIT-SCREEN-SAVER extension (scrnsaverproto), milliseconds since the last input. GNOME:
``GetIdletime`` of org.gnome.Mutter.IdleMonitor (mutter, data/dbus-interfaces/org.gnome.Mutter.IdleMonitor.xml),
milliseconds too. Other Wayland desktops tell only programs that open a Wayland connection of their own
(ext-idle-notify-v1): there nothing is known.
"""

import contextlib

from Xlib import error
from Xlib.ext import screensaver

from coachdesk.errors import Refused

_EXTENSION = screensaver.extname
_MONITOR = "org.gnome.Mutter.IdleMonitor"


def on_x11(display_name: str) -> float | None:
    """Seconds since the last key or movement on an X11 screen; None where the screen cannot tell."""
    from coachdesk.machine import x11

    try:
        screen = x11.connect(display_name)
    except Refused:
        return None
    with contextlib.closing(screen), contextlib.suppress(error.ConnectionClosedError, error.XError, OSError):
        extension = screen.query_extension(_EXTENSION)
        if extension is not None and extension.present:
            root = screen.screen().root
            asked = screensaver.QueryInfo(display=screen.display, opcode=extension.major_opcode, drawable=root)
            return float(asked.idle) / 1000
    return None


def on_gnome(address: str) -> float | None:
    """Seconds since the last input, from GNOME over the bus of this address; None without GNOME."""
    from jeepney import DBusAddress, MessageType, new_method_call

    from coachdesk.machine import buses

    connection = buses.connect(address)
    if connection is None:
        return None
    monitor = DBusAddress(f"/{_MONITOR.replace('.', '/')}/Core", _MONITOR, _MONITOR)
    with connection, contextlib.suppress(OSError, TimeoutError, ValueError, LookupError):
        reply = connection.send_and_get_reply(new_method_call(monitor, "GetIdletime"), timeout=1.0)
        if reply.header.message_type is MessageType.method_return:
            return float(reply.body[0]) / 1000
    return None
