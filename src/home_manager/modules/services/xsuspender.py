import re

from home_manager.authoring import *


def matched(what):
    return option(t.null_or(t.str), default=None, doc=f"A part of {what} of the windows.")


def seconds(default, doc):
    return option(t.int, default=default, doc=f"How many seconds {doc}.")


def code(example, doc):
    return option(t.null_or(t.str), default=None, example=example, doc=doc)


class Rule(Options):
    """What is done with some windows."""

    matchWmClassContains = matched("the class")
    matchWmClassGroupContains = matched("the group of the class")
    matchWmNameContains = matched("the name")
    suspendDelay = seconds(5, "pass until a process is suspended")
    resumeEvery = seconds(50, "pass until it runs again for a while")
    resumeFor = seconds(5, "that while takes")
    execSuspend = code(
        'echo "suspending window $XID of process $PID"',
        "Shell code before a process is suspended, which it is not where the code fails.",
    )
    execResume = code("echo resuming ...", "Shell code before it runs again.")
    sendSignals = option(t.bool, default=True, doc="Whether processes are suspended at all, or only the code is run.")
    suspendSubtreePattern = option(
        t.null_or(t.str), default=None, doc="The regular expression of processes below that are suspended, too."
    )
    onlyOnBattery = option(t.bool, default=False, doc="Whether this is done on battery alone.")
    autoSuspendOnBattery = option(
        t.bool, default=True, doc="Whether windows without the focus are suspended once there is only the battery."
    )
    downclockOnBattery = option(
        t.int,
        default=0,
        doc="By how much a process is slowed down on battery: 1 leaves it a half, 2 a third of its time.",
    )


NAMES = [part.attribute for part in Rule._parts()]


def section(rule):
    """The settings that are given, in snake case."""
    values = {re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", name): rule[name] for name in NAMES}
    return {name: value for name, value in values.items() if value is not None}


class Xsuspender(Service):
    """XSuspender"""

    package = Package("xsuspender")
    defaults = option(t.submodule(Rule), default={}, doc="What holds for all windows.")
    rules = option(
        t.attrs_of(t.submodule(Rule)),
        default={},
        example={"Chromium": {"suspendDelay": 10, "matchWmClassContains": "chromium-browser"}},
        doc="What holds for some windows.",
    )
    debug = option(t.bool, default=False, doc="Whether it says what it does.")
    iniContent = Settings(formats.ini, file="xsuspender.conf", when=True, doc="The sections of the configuration.")

    @defines(".iniContent")
    def from_options(self):
        return {"Default": section(self.defaults), **{name: section(rule) for name, rule in self.rules.items()}}

    unit = UserUnit(
        lambda self: exe(self.package),
        description="XSuspender",
        target="graphical-session.target",
        restarts_with=("iniContent",),
        environment=lambda self: ["G_MESSAGES_DEBUG=all"] if self.debug else [],
    )
