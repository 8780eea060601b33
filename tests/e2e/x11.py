"""Windows, and files dragged onto them, over the X protocol itself.

The drag is XDND version 5 from a source window of our own: enter, position, drop, and the selection handed over when
the target asks for it, as a file manager does it.
"""

import pathlib
import time

from Xlib import X, Xatom, display
from Xlib.error import XError
from Xlib.protocol import event

screen = display.Display()
root = screen.screen().root


def _atom(name):
    return screen.intern_atom(name)


def _property(window, name):
    found = window.get_full_property(_atom(name), X.AnyPropertyType)
    return found.value if found else None


def window_manager():
    """Whether a window manager has taken the screen."""
    return bool(_property(root, "_NET_SUPPORTING_WM_CHECK"))


def _clients():
    for number in _property(root, "_NET_CLIENT_LIST") or ():
        window = screen.create_resource_object("window", number)
        try:
            yield window, window.get_wm_class() or ()
        except XError:  # closed meanwhile
            continue


def windows(wm_class):
    """Id, title, place and size of each managed window of this class, oldest first."""
    found = []
    for window, names in _clients():
        if wm_class not in names:
            continue
        try:
            title = _property(window, "_NET_WM_NAME") or b""
            shape, corner = window.get_geometry(), root.translate_coords(window, 0, 0)
        except XError:
            continue
        box = [corner.x, corner.y, shape.width, shape.height]
        found.append({"id": window.id, "title": bytes(title).decode(), "class": list(names), "box": box})
    return found


def set_dots_per_inch(dots):
    """Tells programs that start from now on how large things are to be: 96 is 100 %."""
    root.change_property(Xatom.RESOURCE_MANAGER, Xatom.STRING, 8, f"Xft.dpi:\t{dots}\n".encode())
    screen.sync()
    return True


def _tell(window, kind, data, to=None, mask=0):
    message = event.ClientMessage(window=window, client_type=_atom(kind), data=(32, data))
    (to or window).send_event(message, event_mask=mask)
    screen.flush()


def close(window):
    """Ask the window manager to close a window, as its close button does."""
    target = screen.create_resource_object("window", window)
    _tell(target, "_NET_CLOSE_WINDOW", [X.CurrentTime, 2, 0, 0, 0], root, X.SubstructureRedirectMask | X.SubstructureNotifyMask)


def teach_letters(text):
    """Puts letters that the keyboard lacks onto free keys, to stay there.

    Left to itself, xdotool borrows a key for each such letter and takes it away again, sometimes before the window under
    the keyboard has looked.
    """
    first = screen.display.info.min_keycode
    keys = screen.get_keyboard_mapping(first, screen.display.info.max_keycode - first + 1)
    known = {symbol for key in keys for symbol in key}
    free = [first + index for index, key in enumerate(keys) if not any(key)]
    for letter in dict.fromkeys(text):
        number = ord(letter)
        symbol = number if number < 0x100 else 0x0100_0000 | number
        if letter.isprintable() and symbol not in known:
            screen.change_keyboard_mapping(free.pop(), [(symbol, symbol)])
    screen.sync()


class _Drag:
    """One drag: its own source window, the offer, and what the target answered."""

    def __init__(self, target, files):
        self.target = target
        self.accepted = None
        self.finished = None
        self.offer = "".join(pathlib.Path(file).resolve().as_uri() + "\r\n" for file in files).encode()
        self.source = root.create_window(-9, -9, 1, 1, 0, X.CopyFromParent, event_mask=X.PropertyChangeMask)
        self.source.change_property(_atom("XdndTypeList"), Xatom.ATOM, 32, [_atom("text/uri-list")])
        self.source.set_selection_owner(_atom("XdndSelection"), X.CurrentTime)

    def tell(self, kind, *data):
        _tell(self.target, kind, [self.source.id, *data, *[0] * (4 - len(data))])

    def move(self, x, y, seconds):
        self.accepted = None
        self.tell("XdndPosition", 0, x << 16 | y, X.CurrentTime, _atom("XdndActionCopy"))
        self._serve(lambda: self.accepted is not None, seconds)

    def drop(self, seconds):
        self.tell("XdndDrop", 0, X.CurrentTime)
        self._serve(lambda: self.finished is not None, seconds)

    def _serve(self, done, seconds):
        end = time.monotonic() + seconds
        while not done():
            if time.monotonic() > end:
                raise TimeoutError("the window under the drag does not answer")
            if not screen.pending_events():
                time.sleep(0.005)
                continue
            self._handle(screen.next_event())

    def _handle(self, happened):
        if happened.type == X.SelectionRequest:
            self._hand_over(happened)
        elif happened.type == X.ClientMessage and happened.client_type == _atom("XdndStatus"):
            self.accepted = bool(happened.data[1][1] & 1)
        elif happened.type == X.ClientMessage and happened.client_type == _atom("XdndFinished"):
            self.finished = bool(happened.data[1][1] & 1)

    def _hand_over(self, asked):
        place = asked.property or asked.target
        if asked.target == _atom("text/uri-list"):
            asked.requestor.change_property(place, asked.target, 8, self.offer)
        elif asked.target == _atom("TARGETS"):
            asked.requestor.change_property(place, Xatom.ATOM, 32, [_atom("TARGETS"), _atom("text/uri-list")])
        else:
            place = X.NONE
        told = event.SelectionNotify(
            time=asked.time, requestor=asked.requestor, selection=asked.selection, target=asked.target, property=place
        )
        asked.requestor.send_event(told)
        screen.flush()


# The drag in hand between `drag` and `drop`, so that a picture can be taken while it hovers.
held = None


def drag(window, files, x, y, seconds):
    """Carry files onto a point of the screen and hold them there. Answers whether the window would take them."""
    global held
    target = screen.create_resource_object("window", window)
    version = min(5, (_property(target, "XdndAware") or [0])[0])
    if not version:
        raise LookupError("the window takes no files")
    held = _Drag(target, files)
    # A person's pointer moves along, and it is all the app can tell the place by.
    root.warp_pointer(x - 12, y - 12)
    root.warp_pointer(x, y)
    screen.sync()
    held.tell("XdndEnter", version << 24, _atom("text/uri-list"))
    held.move(x - 12, y - 12, seconds)
    held.move(x, y, seconds)
    return held.accepted


def drop(seconds):
    """Let go. Answers whether the window took the files."""
    global held
    carried, held = held, None
    if not carried.accepted:
        carried.tell("XdndLeave")
        return False
    carried.drop(seconds)
    carried.source.destroy()
    screen.flush()
    return carried.finished


COMMANDS = {
    "window_manager": window_manager,
    "windows": windows,
    "set_dots_per_inch": set_dots_per_inch,
    "close": close,
    "teach_letters": teach_letters,
    "drag": drag,
    "drop": drop,
}
