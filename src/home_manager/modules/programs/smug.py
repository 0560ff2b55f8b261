from home_manager.authoring import *


def maybe(type_, doc):
    return option(t.null_or(type_), default=None, doc=doc)


class Pane(Options):
    """A pane."""

    type = option(t.enum("horizontal", "vertical"), doc="How the pane is split off.")
    root = maybe(t.str, "The directory of the pane, relative to that of the project.")
    commands = maybe(t.list_of(t.str), "Commands that are run in the pane.")


class Window(Options):
    """A window."""

    name = option(t.str, doc="The name of the window.")
    layout = option(
        t.enum("main-horizontal", "main-vertical", "even-vertical", "even-horizontal", "tiled"),
        doc="How the panes lie.",
    )
    selected = maybe(t.bool, "Whether the session begins in this window.")
    manual = maybe(t.bool, "Whether the window is only opened with `-w`.")
    root = maybe(t.str, "The directory of the window, relative to that of the project.")
    commands = maybe(t.list_of(t.str), "Commands that are run in the window.")
    panes = maybe(t.list_of(t.submodule(Pane)), "The panes of the window.")


class Project(Options):
    """A project."""

    session = option(
        t.str,
        default=lambda self: self._name,
        default_text='"‹name›"',
        example=literal('{ session = "project-\\${worktree}"; }'),
        doc="The name of the session.",
    )
    root = maybe(t.str, "The directory of the project; without it, that is `$HOME`.")
    windows = option(t.list_of(t.submodule(Window)), doc="The windows of the session.")
    env = maybe(t.attrs_of(t.str), "Variables of the session.")
    beforeStart = maybe(t.list_of(t.str), "Commands that are run before the session begins.")
    stop = maybe(t.list_of(t.str), "Commands that are run after the session has ended.")


def given(values):
    return {name: value for name, value in values.items() if value is not None}


def render(project):
    values = {**given(project), "windows": [given(window) for window in project.windows]}
    return formats.yaml.render({"before_start" if k == "beforeStart" else k: v for k, v in values.items()})


class Smug(Program):
    """Smug, which opens sessions of tmux from files"""

    package = Package("smug", nullable=True)
    projects = Files(
        lambda self, name: f"{self['home.homeDirectory']}/.config/smug/{name}.yml",
        type=t.submodule(Project),
        below="home.file",
        render=lambda self, project: render(project),
        doc="Projects by name.",
    )
