"""Widgets by role and name, as a screen reader meets them.

A node may go away between two questions about it. That is ordinary in a living window, so while looking for one such a
node is passed over, and the caller asks again.
"""

import functools
import re
import warnings

warnings.simplefilter("ignore", DeprecationWarning)
import gi  # noqa: E402

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

# at-spi before 2.52 calls it otherwise.
OLD_ROLE_NAMES = {"push button": "button"}



@functools.cache
def _desktop():
    """Connects on first use: the library aborts the process where the accessibility bus is not there yet."""
    Atspi.init()
    # An app that is busy (a debug build on a loaded machine) may take its time to answer.
    Atspi.set_timeout(5_000, 30_000)
    return Atspi.get_desktop(0)


def _role(node):
    name = node.get_role_name()
    return OLD_ROLE_NAMES.get(name, name)


def _children(node):
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield child


def _apps(name):
    for app in _children(_desktop()):
        try:
            if name in (app.get_name() or ""):
                app.clear_cache()
                yield app
        except GLib.Error:
            continue


def _walk(node, depth=0):
    yield node, depth
    try:
        children = list(_children(node))
    except GLib.Error:
        return
    for child in children:
        yield from _walk(child, depth + 1)


def _matcher(pattern):
    """A pattern is the whole text, with `*` for any run of characters."""
    parts = (re.escape(part) for part in pattern.split("*"))
    return re.compile(".*".join(parts), re.DOTALL).fullmatch


def _search(app, role, name):
    fits = _matcher(name)
    for root in _apps(app):
        for node, _ in _walk(root):
            try:
                if role in ("*", _role(node)) and fits(node.get_name() or ""):
                    yield node
            except GLib.Error:
                continue


def _describe(node):
    facts = {
        "role": _role(node),
        "name": node.get_name() or "",
        "description": node.get_description() or "",
        "states": sorted(state.value_nick for state in node.get_state_set().get_states()),
    }
    component = node.get_component_iface()
    if component:
        box = component.get_extents(Atspi.CoordType.SCREEN)
        facts["box"] = [box.x, box.y, box.width, box.height]
    if node.get_text_iface():
        facts["text"] = Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))
    value = node.get_value_iface()
    if value:
        facts["value"] = [value.get_minimum_value(), value.get_current_value(), value.get_maximum_value()]
    actions = node.get_action_iface()
    if actions:
        facts["actions"] = [actions.get_action_name(index) for index in range(actions.get_n_actions())]
    return facts


def find(app, role, name):
    """Every node that fits, in tree order, with what it tells about itself."""
    found = []
    for node in _search(app, role, name):
        try:
            found.append(_describe(node))
        except GLib.Error:
            continue
    return found


def walk(app):
    """Every node there is, in tree order, with what it tells and what it lies in: role and name, outermost first."""
    found, above = [], []
    for root in _apps(app):
        for node, depth in _walk(root):
            del above[depth:]
            try:
                facts = _describe(node)
            except GLib.Error:
                above.append(["gone", ""])
                continue
            found.append({**facts, "within": list(above)})
            above.append([facts["role"], facts["name"]])
    return found


def _only(app, role, name):
    node = next(_search(app, role, name), None)
    if node is None:
        raise LookupError(f"no {role} {name!r} in {app!r}")
    return node


def press(app, role, name):
    """The first node's default action, with no pointer involved."""
    actions = _only(app, role, name).get_action_iface()
    return actions is not None and actions.do_action(0)


def focus(app, role, name):
    return _only(app, role, name).get_component_iface().grab_focus()


def set_text(app, role, name, text):
    return Atspi.EditableText.set_text_contents(_only(app, role, name).get_editable_text_iface(), text)


def set_value(app, role, name, value):
    return _only(app, role, name).get_value_iface().set_current_value(value)


def tree(app):
    """The whole tree as indented lines; what a failed test leaves behind."""
    lines = []
    for root in _apps(app):
        for node, depth in _walk(root):
            try:
                lines.append("  " * depth + str(_describe(node)))
            except GLib.Error as problem:
                lines.append("  " * depth + f"(gone: {problem.message})")
    return lines


COMMANDS = {
    "find": find,
    "focus": focus,
    "press": press,
    "set_text": set_text,
    "set_value": set_value,
    "tree": tree,
    "walk": walk,
}
