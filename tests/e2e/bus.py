"""What the session bus knows: which services are up, and what the keychain holds."""

import functools

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

SECRETS = "org.freedesktop.secrets"
COLLECTION = "org.freedesktop.Secret.Collection"


@functools.cache
def _bus():
    """One connection for good: a session with the keychain ends with the connection it was opened on."""
    return Gio.bus_get_sync(Gio.BusType.SESSION, None)


def _call(name, path, interface, method, args, reply=None):
    kind = GLib.VariantType(reply) if reply else None
    answer = _bus().call_sync(name, path, interface, method, args, kind, Gio.DBusCallFlags.NO_AUTO_START, 10_000, None)
    return answer.unpack()


def _get(name, path, interface, prop):
    args = GLib.Variant("(ss)", (interface, prop))
    return _call(name, path, "org.freedesktop.DBus.Properties", "Get", args)[0]


def owned(name):
    """Whether somebody on the session bus answers to this name."""
    args = GLib.Variant("(s)", (name,))
    return _call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner", args)[0]


def announce_screen_reader():
    """AccessKit publishes its tree only while a screen reader is said to be there."""
    for prop in ("IsEnabled", "ScreenReaderEnabled"):
        args = GLib.Variant("(ssv)", ("org.a11y.Status", prop, GLib.Variant("b", True)))
        _call("org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set", args)


# What was announced, oldest first.
_said = []

# How often the keyboard has moved, and to which node: the name of its app on the bus, and its path.
_moves = 0
_node = None


@functools.cache
def _accessibility_bus():
    """The bus that what happens in an app is told on."""
    address = _call("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None)[0]
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(address, flags, None, None)


def _heard(_connection, _sender, _path, _interface, _signal, told):
    _minor, politeness, _detail, words, _rest = told.unpack()
    _said.append({"words": words, "at_once": politeness == 2})


def _changed(_connection, sender, path, _interface, _signal, told):
    global _moves, _node
    state, on, *_rest = told.unpack()
    if state == "focused" and on:
        _moves, _node = _moves + 1, (sender, path)


def listen():
    """Hears from now on what the apps want to be said by a screen reader, and where the keyboard goes."""
    for signal, heard in (("Announcement", _heard), ("StateChanged", _changed)):
        kind = ("org.a11y.atspi.Event.Object", signal)
        _accessibility_bus().signal_subscribe(None, *kind, None, None, Gio.DBusSignalFlags.NONE, heard)
    return True


def _take_in():
    while GLib.MainContext.default().iteration(False):
        pass


def said():
    """Everything that was announced since listening began."""
    _take_in()
    return _said


def keyboard():
    """How often the keyboard has moved since listening began, and what has it."""
    _take_in()
    if _node is None:
        return {"moves": _moves, "name": "", "path": ""}
    sender, path = _node
    wanted = GLib.Variant("(ss)", ("org.a11y.atspi.Accessible", "Name"))
    get = (sender, path, "org.freedesktop.DBus.Properties", "Get", wanted)
    try:
        name = _accessibility_bus().call_sync(*get, None, Gio.DBusCallFlags.NONE, 10_000, None).unpack()[0]
    except GLib.Error:  # gone meanwhile
        name = ""
    return {"moves": _moves, "name": name, "path": path}


def keychain_open():
    """Whether the secret service has a default collection, and it is unlocked."""
    service = "/org/freedesktop/secrets"
    args = GLib.Variant("(s)", ("default",))
    path = _call(SECRETS, service, "org.freedesktop.Secret.Service", "ReadAlias", args)[0]
    return path != "/" and not _get(SECRETS, path, COLLECTION, "Locked")


def secrets():
    """Every stored item's label, attributes and secret, read over a plain session of our own."""
    service = "/org/freedesktop/secrets"
    opened = GLib.Variant("(sv)", ("plain", GLib.Variant("s", "")))
    session = _call(SECRETS, service, "org.freedesktop.Secret.Service", "OpenSession", opened)[1]
    found = []
    for collection in _get(SECRETS, service, "org.freedesktop.Secret.Service", "Collections"):
        for item in _get(SECRETS, collection, COLLECTION, "Items"):
            kind = "org.freedesktop.Secret.Item"
            secret = _call(SECRETS, item, kind, "GetSecret", GLib.Variant("(o)", (session,)))[0]
            found.append(
                {
                    "label": _get(SECRETS, item, kind, "Label"),
                    "attributes": _get(SECRETS, item, kind, "Attributes"),
                    "secret": bytes(secret[2]).decode(),
                }
            )
    return found


COMMANDS = {
    "owned": owned,
    "announce_screen_reader": announce_screen_reader,
    "keyboard": keyboard,
    "keychain_open": keychain_open,
    "listen": listen,
    "said": said,
    "secrets": secrets,
}
