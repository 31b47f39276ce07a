"""Settings of GNOME, Cinnamon and MATE: one key each, read and written through libgio.

Every call is of the documented interface of GLib 2.40 or later (docs.gtk.org/gio, sections ``Settings`` and
``SettingsSchemaSource``; docs.gtk.org/glib, struct ``Variant``), except one, named where it is used. libgio aborts the
process when it is asked for a schema or key that is not there, so each is looked up first. It reads the environment of
the process (``XDG_CONFIG_HOME``, ``DBUS_SESSION_BUS_ADDRESS``) once and keeps to it: another one needs another process.
"""

import ctypes
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from queue import Empty, SimpleQueue
from typing import Any, Protocol

from coachdesk.focus.blockers import YES, Failed, Support
from coachdesk.words import _

PATIENCE = 2.0
"""Seconds for the settings service to write; it takes milliseconds unless it hangs."""

_KEEPS_NOTHING = ("GMemorySettingsBackend", "GNullSettingsBackend")
"""What libgio falls back to where dconf is not installed: settings that end with the process."""

_DCONF = "ca.desrt.dconf"
_SESSION_BUS = 2
"""``G_BUS_TYPE_SESSION``."""

_POINTER, _TEXT, _INT = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
_CALLS: dict[str, tuple[type | None, tuple[type, ...]]] = {
    "g_bus_get_sync": (_POINTER, (_INT, _POINTER, _POINTER)),
    "g_dbus_connection_set_exit_on_close": (None, (_POINTER, _INT)),
    "g_dbus_connection_is_closed": (_INT, (_POINTER,)),
    "g_dbus_connection_call_sync": (
        _POINTER,
        (_POINTER, _TEXT, _TEXT, _TEXT, _TEXT, _POINTER, _POINTER, _INT, _INT, _POINTER, _POINTER),
    ),
    "g_settings_schema_source_get_default": (_POINTER, ()),
    "g_settings_schema_source_lookup": (_POINTER, (_POINTER, _TEXT, _INT)),
    "g_settings_schema_has_key": (_INT, (_POINTER, _TEXT)),
    "g_settings_schema_get_path": (_TEXT, (_POINTER,)),
    "g_settings_schema_get_key": (_POINTER, (_POINTER, _TEXT)),
    "g_settings_schema_key_get_value_type": (_POINTER, (_POINTER,)),
    "g_settings_schema_key_range_check": (_INT, (_POINTER, _POINTER)),
    "g_settings_schema_key_unref": (None, (_POINTER,)),
    "g_settings_schema_unref": (None, (_POINTER,)),
    "g_settings_new_full": (_POINTER, (_POINTER, _POINTER, _TEXT)),
    "g_settings_is_writable": (_INT, (_POINTER, _TEXT)),
    "g_settings_get_value": (_POINTER, (_POINTER, _TEXT)),
    "g_settings_get_user_value": (_POINTER, (_POINTER, _TEXT)),
    "g_settings_set_value": (_INT, (_POINTER, _TEXT, _POINTER)),
    "g_settings_reset": (None, (_POINTER, _TEXT)),
    "g_settings_sync": (None, ()),
    "g_settings_backend_get_default": (_POINTER, ()),
    "g_type_name_from_instance": (_TEXT, (_POINTER,)),
    "g_object_unref": (None, (_POINTER,)),
    "g_variant_parse": (_POINTER, (_POINTER, _TEXT, _POINTER, _POINTER, _POINTER)),
    "g_variant_print": (_POINTER, (_POINTER, _INT)),
    "g_variant_unref": (None, (_POINTER,)),
    "g_free": (None, (_POINTER,)),
}
"""Result and arguments. ``g_settings_backend_get_default`` is exported for those who write backends
(``gio/gsettingsbackend.h``); it is the only way to learn which backend is at work."""


class Settings(Protocol):
    """Where the keys are kept."""

    def support(self, schema: str, key: str) -> Support:
        """Whether this key is there, may be written, and will be kept."""
        ...

    def read(self, schema: str, key: str) -> str | None:
        """What the person has set, written as ``gsettings get`` prints it; None where they have set nothing.

        Raises Failed.
        """
        ...

    def in_force(self, schema: str, key: str) -> str:
        """What applies: what the person has set, else what the computer came with. Raises Failed."""
        ...

    def write(self, schema: str, key: str, text: str | None) -> None:
        """Set it, or for None forget what was set; returns once it is kept. Raises Failed."""
        ...


@dataclass(frozen=True)
class GSetting:
    """One key, as a ``Value``."""

    schema: str
    key_name: str
    settings: Settings = field(default_factory=lambda: LibGio(), compare=False, repr=False)

    @property
    def key(self) -> str:
        """Its name in the journal."""
        return f"gsettings {self.schema} {self.key_name}"

    def read(self) -> str | None:
        """What the person has set, such as ``'auto'`` or ``true``; None where the key is at its default.

        Raises Failed.
        """
        return self.settings.read(self.schema, self.key_name)

    def write(self, value: str | None) -> None:
        """Set it, written as ``gsettings get`` prints it, or for None reset the key. Raises Failed."""
        self.settings.write(self.schema, self.key_name, value)


def support(schema: str, key: str, settings: Settings | None = None) -> Support:
    """Whether this key is there, may be written, and will be kept."""
    return (settings or LibGio()).support(schema, key)


@dataclass(frozen=True)
class LibGio:
    """The settings as libgio finds them: dconf wherever one of these desktops is installed."""

    library: str = "libgio-2.0.so.0"

    def support(self, schema: str, key: str) -> Support:
        """Whether this key is there, may be written, and will be kept."""
        try:
            gio, opened = _found(self.library, schema, key)
        except Failed as why:
            return Support("no", why.sentence)
        if not _is_kept(gio):
            return Support("no", _("The settings of this desktop are not kept here (dconf was not found)."))
        if not gio.g_settings_is_writable(opened.settings, key.encode()):
            return Support("no", _("The administrator of this computer has locked a setting this needs."))
        return YES

    def read(self, schema: str, key: str) -> str | None:
        """What the person has set; None where the key is at its default. Raises Failed where it is not there."""
        gio, opened = _found(self.library, schema, key)
        _settle(gio)
        variant = gio.g_settings_get_user_value(opened.settings, key.encode())
        return _printed(gio, variant) if variant else None

    def in_force(self, schema: str, key: str) -> str:
        """What applies. Raises Failed where the key is not there."""
        gio, opened = _found(self.library, schema, key)
        return _printed(gio, gio.g_settings_get_value(opened.settings, key.encode()))

    def write(self, schema: str, key: str, text: str | None) -> None:
        """Set it, or for None reset it, and wait until the service has it. Raises Failed."""
        supported = self.support(schema, key)
        if not supported:
            raise Failed(supported.why)
        gio, opened = _found(self.library, schema, key)
        if not (_change(gio, opened, key, text) and self.read(schema, key) == text):
            raise Failed(_("This desktop did not take the setting {name}.").format(name=f"{schema} {key}"))


@dataclass
class FakeSettings:
    """Settings in a dictionary by schema and key; every key is there unless ``missing`` tells why not."""

    kept: dict[tuple[str, str], str] = field(default_factory=dict)
    missing: dict[str, Support] = field(default_factory=dict)
    """Schemas whose keys are not all there or not all writable."""
    defaults: dict[tuple[str, str], str] = field(default_factory=dict)
    """What the computer came with."""

    def support(self, schema: str, key: str) -> Support:  # noqa: ARG002
        """What was said of the schema."""
        return self.missing.get(schema, YES)

    def read(self, schema: str, key: str) -> str | None:
        """What the dictionary holds."""
        return self.kept.get((schema, key))

    def in_force(self, schema: str, key: str) -> str:
        """What the dictionary holds, else what the computer came with."""
        return self.kept.get((schema, key), self.defaults.get((schema, key), ""))

    def write(self, schema: str, key: str, text: str | None) -> None:
        """Change the dictionary, unless the schema cannot be written."""
        if not (supported := self.support(schema, key)):
            raise Failed(supported.why)
        if text is None:
            self.kept.pop((schema, key), None)
        else:
            self.kept[schema, key] = text


@dataclass(frozen=True)
class _Opened:
    """A schema and its settings, as pointers that are held for as long as the process lives."""

    schema: int
    settings: int


@lru_cache
def _gio(library: str) -> Any:
    """libgio, which brings GLib and GObject with it; None where it is missing or too old."""
    try:
        gio = ctypes.CDLL(library)
        for name, (result, arguments) in _CALLS.items():
            call = getattr(gio, name)
            call.restype, call.argtypes = result, arguments
    except (OSError, AttributeError):
        return None
    return gio


def _found(library: str, schema: str, key: str) -> tuple[Any, _Opened]:
    """libgio and the settings of a schema that has the key; raises Failed where one of them or the bus is missing."""
    gio = _gio(library)
    if gio is None:
        raise Failed(_("The settings of this desktop cannot be reached (libgio was not found)."))
    bus = _bus(gio)
    if not bus or gio.g_dbus_connection_is_closed(bus):
        raise Failed(_("The settings of this desktop cannot be reached (its session bus was not found)."))
    try:
        opened = _opened(gio, schema)
    except LookupError:
        opened = None
    if opened is None or not gio.g_settings_schema_has_key(opened.schema, key.encode()):
        raise Failed(_("This desktop has no setting {name}.").format(name=f"{schema} {key}"))
    return gio, opened


@lru_cache
def _opened(gio: Any, schema: str) -> _Opened:
    """The settings of a schema, once for the process: each opening subscribes to changes over the bus.

    Raises LookupError where the schema is missing, or has no fixed place.
    """
    source = gio.g_settings_schema_source_get_default()  # not ours to let go of
    found = gio.g_settings_schema_source_lookup(source, schema.encode(), True) if source else None
    if not found:
        raise LookupError(schema)
    if not gio.g_settings_schema_get_path(found):
        gio.g_settings_schema_unref(found)
        raise LookupError(schema)
    return _Opened(found, gio.g_settings_new_full(found, None, None))


@lru_cache(maxsize=1)
def _bus(gio: Any) -> int | None:
    """The connection to the session's bus that dconf shares with us, held for as long as the process lives.

    As GLib makes it, the process gets a SIGTERM when the bus goes away (``g_dbus_connection_set_exit_on_close``); to
    prevent that it is taken before dconf takes it. None where there is no bus or it does not answer: libgio, and dconf
    too, would start one then where there is a screen ("autolaunch", dbus-launch(1)), so they are not asked.
    """
    from coachdesk.machine.buses import connect, session_bus

    looked = connect(session_bus(os.environ))
    if looked is None:
        return None
    looked.close()
    try:
        bus: int | None = _within(PATIENCE, lambda: gio.g_bus_get_sync(_SESSION_BUS, None, None))
    except TimeoutError:
        return None
    if bus:
        gio.g_dbus_connection_set_exit_on_close(bus, False)
    return bus


def _is_kept(gio: Any) -> bool:
    """Whether what is written outlives the process: with dconf, whether its service is there or can be started."""
    backend = gio.g_settings_backend_get_default()
    name = gio.g_type_name_from_instance(backend).decode()
    gio.g_object_unref(backend)
    if name != "DConfSettingsBackend":
        return name not in _KEEPS_NOTHING
    bus = _bus(gio)
    if not bus or gio.g_dbus_connection_is_closed(bus):
        return False
    return any(f"'{_DCONF}'" in _ask_bus(gio, bus, which) for which in ("ListActivatableNames", "ListNames"))


def _settle(gio: Any) -> None:
    """Wait until the service has carried out what it was sent before, also by a killed process; raises Failed.

    dconf is read from its file, past what its service has still before it; and where libgio found no dconf, "not set"
    says nothing of what the person has set. ``Init`` of its service, as called by dconf's own ``dconf update``, changes
    nothing, and is answered after what came before it.
    """
    backend = gio.g_settings_backend_get_default()
    name = gio.g_type_name_from_instance(backend).decode()
    gio.g_object_unref(backend)
    if name in _KEEPS_NOTHING:
        raise Failed(_("The settings of this desktop are not kept here (dconf was not found)."))
    bus = _bus(gio)
    if name != "DConfSettingsBackend" or not bus or gio.g_dbus_connection_is_closed(bus):
        return
    where, what, path = _DCONF.encode(), b"ca.desrt.dconf.Writer", b"/ca/desrt/dconf/Writer/user"
    patience = int(PATIENCE * 1000)
    answer = gio.g_dbus_connection_call_sync(bus, where, path, what, b"Init", None, None, 0, patience, None, None)
    if not answer:
        raise Failed(_("The settings of this desktop do not answer."))
    gio.g_variant_unref(answer)


def _ask_bus(gio: Any, bus: int, method: str) -> str:
    """What the bus itself answers, printed; "" for nothing."""
    name, path = b"org.freedesktop.DBus", b"/org/freedesktop/DBus"
    patience = int(PATIENCE * 1000)
    answer = gio.g_dbus_connection_call_sync(
        bus, name, path, name, method.encode(), None, None, 0, patience, None, None
    )
    return _printed(gio, answer) if answer else ""


def _change(gio: Any, opened: _Opened, key: str, text: str | None) -> bool:
    """Set or reset, and wait for the service; whether it was taken."""
    if text is None:
        gio.g_settings_reset(opened.settings, key.encode())
    elif not _set(gio, opened, key, text):
        return False
    try:
        _within(PATIENCE, gio.g_settings_sync)
    except TimeoutError:
        return False
    return True


def _set(gio: Any, opened: _Opened, key: str, text: str) -> bool:
    """Set the key to a value that its type and range allow; whether it was taken."""
    described = gio.g_settings_schema_get_key(opened.schema, key.encode())
    kind = gio.g_settings_schema_key_get_value_type(described)  # belongs to what described it
    variant = gio.g_variant_parse(kind, text.encode(), None, None, None)  # not floating: ours to let go of
    try:
        return bool(
            variant
            and gio.g_settings_schema_key_range_check(described, variant)
            and gio.g_settings_set_value(opened.settings, key.encode(), variant)
        )
    finally:
        if variant:
            gio.g_variant_unref(variant)
        gio.g_settings_schema_key_unref(described)


def _printed(gio: Any, variant: int) -> str:
    """The value in words, with its type where that is not plain, as ``gsettings get`` prints it; lets go of it."""
    text = gio.g_variant_print(variant, True)
    try:
        return ctypes.string_at(text).decode()
    finally:
        gio.g_free(text)
        gio.g_variant_unref(variant)


def _within(seconds: float, call: Callable[[], Any]) -> Any:
    """What a call of libgio answers that has no deadline of its own; raises TimeoutError.

    A call that hangs goes on in a thread that does not keep the process from ending.
    """
    answers: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=lambda: answers.put(call()), name="settings", daemon=True).start()
    try:
        return answers.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None
