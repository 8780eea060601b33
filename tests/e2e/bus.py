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


@functools.cache
def _accessibility_bus():
    """The bus that what happens in an app is told on."""
    address = _call("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None)[0]
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(address, flags, None, None)


def _heard(_connection, _sender, _path, _interface, _signal, told):
    _minor, politeness, _detail, words, _rest = told.unpack()
    _said.append({"words": words, "at_once": politeness == 2})


def listen():
    """Hears from now on what the apps want to be said by a screen reader."""
    kind = ("org.a11y.atspi.Event.Object", "Announcement")
    _accessibility_bus().signal_subscribe(None, *kind, None, None, Gio.DBusSignalFlags.NONE, _heard)
    return True


def said():
    """Everything that was announced since listening began."""
    while GLib.MainContext.default().iteration(False):
        pass
    return _said


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
    "keychain_open": keychain_open,
    "listen": listen,
    "said": said,
    "secrets": secrets,
}
