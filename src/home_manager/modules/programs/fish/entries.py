"""What can be said of a function, a completion, an abbreviation, a key binding and a plugin of fish."""

from home_manager.authoring import *

MODE = t.null_or(t.either(t.enum("default", "insert", "paste"), t.str))


class Plugin(Options):
    """A plugin."""

    src = option(
        t.path,
        doc="The directory of the plugin. What it has of functions, completions and `conf.d` is used; `key_bindings.fish` and "
        "`init.fish` are sourced.",
    )
    name = option(t.str, doc="The plugin's name.")


class Function(Options):
    """A function."""

    body = option(t.lines, doc="The code.")
    argumentNames = option(
        t.null_or(t.either(t.str, t.list_of(t.str))),
        default=None,
        doc="Names of variables that hold the first arguments.",
    )
    description = option(t.null_or(t.str), default=None, doc="What it does, as completions show it.")
    wraps = option(t.null_or(t.str), default=None, doc="The command whose completions it has.")
    onEvent = option(
        t.null_or(t.either(t.str, t.list_of(t.str))),
        default=None,
        doc="The events at which fish runs it, such as `fish_prompt`.",
    )
    onVariable = option(t.null_or(t.str), default=None, doc="The variable at whose change fish runs it.")
    onJobExit = option(
        t.null_or(t.either(t.str, t.int)),
        default=None,
        doc="The job at whose end fish runs it: a group id, or `caller`.",
    )
    onProcessExit = option(
        t.null_or(t.either(t.str, t.int)),
        default=None,
        example="$fish_pid",
        doc="The process at whose end fish runs it; with `$fish_pid`, when the shell itself exits.",
    )
    onSignal = option(
        t.null_or(t.either(t.str, t.int)),
        default=None,
        example="SIGHUP",
        doc="The signal at which fish runs it, by name or number.",
    )
    noScopeShadowing = option(t.bool, default=False, doc="Whether it sees the local variables of its caller.")
    inheritVariable = option(
        t.null_or(t.str), default=None, doc="A variable whose present value becomes a local variable of the function."
    )


class Completion(Options):
    """Completions of a command."""

    body = option(t.lines, doc="The code.")


class Abbreviation(Options):
    """An abbreviation."""

    name = option(t.null_or(t.str), default=None, doc="What is typed; by default the name of the attribute.")
    expansion = option(t.null_or(t.str), default=None, doc="What it becomes.")
    position = option(
        t.null_or(t.str), default=None, example="anywhere", doc="Where it is expanded: as a `command`, or `anywhere`."
    )
    regex = option(t.null_or(t.str), default=None, doc="A pattern for what is typed, in place of the name.")
    command = option(
        t.null_or(t.either(t.str, t.list_of(t.str))), default=None, doc="The commands of which it must be an argument."
    )
    setCursor = option(
        t.either(t.bool, t.str),
        default=False,
        doc="Whether the cursor goes to the mark in the expansion, which is `%` for `true`, or the text that is given here.",
    )
    function = option(t.null_or(t.str), default=None, doc="A function that makes the expansion.")


class Bind(Options):
    """A key binding."""

    name = option(t.null_or(t.str), default=None, doc="The key; by default the name of the attribute.")
    enable = option(t.bool, default=True, doc="Whether the binding counts.")
    mode = option(MODE, default=None, doc="The mode in which the binding works.")
    command = option(
        t.described(
            t.null_or(t.one_of(t.str, t.list_of(t.str))),
            "string or list of string (optional when erase is set to true)",
        ),
        default=None,
        doc="The commands to run. They can only be left out where a binding is erased.",
    )
    setsMode = option(MODE, default=None, doc="The mode to change to afterwards.")
    erase = option(t.bool, default=False, example=True, doc="Whether an existing binding is taken away.")
    silent = option(
        t.bool, default=False, example=True, doc="Whether fish keeps quiet about keys that it does not know."
    )
    repaint = option(t.bool, default=False, example=True, doc="Whether the prompt is drawn again afterwards.")
    operate = option(
        t.null_or(t.enum("preset", "user")), default=None, doc="Whether fish's own bindings are meant, or the user's."
    )
