"""The part for services of the user: a systemd unit and a launchd agent from one description."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from home_manager.authoring.basic_parts import OptionPart
from home_manager.authoring.part import Part, Sink, condition, given
from home_manager.authoring.reading import is_darwin
from home_manager.options.types.base import OptionType
from home_manager.options.types.scalars import STR
from home_manager.values import MISSING, Attrs, Value

if TYPE_CHECKING:
    from home_manager.authoring.options_class import Options


class UserUnit(Part):
    """A unit below `systemd.user.services` and, where `launchd` is given, an agent below `launchd.agents`.

    `command` is what runs: a text for systemd as it is, or a list of arguments; the agent needs the list.
    `description` stands in the unit; `after`, `part_of`, `requires`, `wanted_by` name units; `restart` and
    `environment` are those of the service. `unit`, `service` and `install` are added to the sections as they are,
    `launchd` to the agent's configuration (`True` for nothing more). `kind` is `services`, `timers`, `sockets`,
    `paths`…: for other kinds give the section of that kind as `section={"Timer": {…}}`. Everything may be a function
    of `self`; an empty value is left out.

    `target` is what the unit belongs to: after it, part of it, wanted by it, where these do not say otherwise. With
    `wayland` it only starts in a session of Wayland. `restarts_with` and `reloads_with` are names of the module's parts
    whose files make systemd restart or reload the unit when they change.
    """

    def __init__(
        self,
        command: Any = None,
        *,
        name: Any = None,
        description: Any = None,
        after: Any = None,
        part_of: Any = None,
        requires: Any = (),
        wanted_by: Any = None,
        target: Any = None,
        wayland: bool = False,
        restarts_with: Sequence[str] = (),
        reloads_with: Sequence[str] = (),
        restart: Any = None,
        environment: Any = None,
        unit: Any = None,
        service: Any = None,
        install: Any = None,
        section: Any = None,
        launchd: Any = None,
        kind: str = "services",
        when: Any = None,
    ) -> None:
        self.command = command
        self.name = name
        self.description = description
        after, part_of, wanted_by = (target if each is None else each for each in (after, part_of, wanted_by))
        self.lists = {"After": after, "PartOf": part_of, "Requires": requires}
        self.wanted_by = wanted_by
        self.wayland = wayland
        self.triggers = {"X-Restart-Triggers": restarts_with, "X-Reload-Triggers": reloads_with}
        self.restart = restart
        self.environment = environment
        self.more = {"Unit": unit, "Service": service, "Install": install}
        self.section = section
        self.launchd = launchd
        self.kind = kind
        self.when = when

    def read(self, scope: Any) -> Any:
        raise AttributeError("a unit has no value")

    def sinks(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[Sink]:
        fallback = base[-1] if base else cls.__name__.lower()

        def named(scope: Any) -> str:
            return str(given(self.name, scope) or fallback)

        def body(scope: Any) -> Value:
            return Attrs({named(scope): self.sections(scope)})

        yield Sink(f"systemd.user.{self.kind}", body, condition(self.when))
        if self.launchd is not None:

            def agent(scope: Any) -> Value:
                return Attrs({named(scope): Attrs({"enable": True, "config": self.agent(scope)})})

            more = condition(self.when)
            yield Sink("launchd.agents", agent, lambda scope: is_darwin(scope) and (more is None or more(scope)))

    def sections(self, scope: Any) -> Attrs:
        """The unit, by section."""
        unit: dict[str, Value] = {}
        description = given(self.description, scope)
        if description:
            unit["Description"] = description
        for key, units in self.lists.items():
            names = _names(given(units, scope))
            if names:
                unit[key] = names
        if self.wayland:
            unit["ConditionEnvironment"] = "WAYLAND_DISPLAY"
        for key, parts in self.triggers.items():
            files = [path for part in parts for path in getattr(type(scope), part).stored(scope)]
            if files:
                unit[key] = files
        service: dict[str, Value] = {}
        command = given(self.command, scope)
        if command:
            service["ExecStart"] = command if isinstance(command, str) else quoted(command)
        if self.restart is not None:
            service["Restart"] = given(self.restart, scope)
        environment = given(self.environment, scope)
        if environment:
            service["Environment"] = (
                [f"{name}={value}" for name, value in sorted(environment.items())]
                if isinstance(environment, dict)
                else environment
            )
        wanted = _names(given(self.wanted_by, scope))
        install: dict[str, Value] = {"WantedBy": wanted} if wanted else {}
        result: dict[str, dict[str, Value]] = {"Unit": unit, "Service": service, "Install": install}
        for key, more in self.more.items():
            result[key].update(given(more, scope) or {})
        for key, more in (given(self.section, scope) or {}).items():
            result.setdefault(key, {}).update(more)
        return Attrs({key: Attrs(section) for key, section in result.items() if section})

    def agent(self, scope: Any) -> Attrs:
        """The configuration of the launchd agent."""
        config: dict[str, Value] = {}
        command = given(self.command, scope)
        if command:
            config["ProgramArguments"] = shlex.split(command) if isinstance(command, str) else [str(a) for a in command]
        environment = given(self.environment, scope)
        if isinstance(environment, dict) and environment:
            config["EnvironmentVariables"] = Attrs(environment)
        more = given(self.launchd, scope)
        if isinstance(more, dict):
            config.update(more)
        return Attrs(config)


INTERVALS = ("hourly", "daily", "weekly", "monthly", "semiannually", "annually")
"""What launchd's calendar is given words for."""


class Schedule(OptionPart):
    """An option that says when something happens: any time of systemd's calendar, on macOS one of a few words.

    `launchd_calendar(self, self.NAME)` is what an agent is given for it. With `always`, the words are asked for while the
    module is off, too.
    """

    def __init__(
        self,
        doc: str,
        *,
        default: str,
        type: OptionType = STR,
        example: Any = MISSING,
        always: bool = False,
        name: str = "",
    ) -> None:
        words = f"{', '.join(INTERVALS[:-1])} and {INTERVALS[-1]}"
        doc = f"{doc}, as {{manpage}}`systemd.time(7)` has it; on macOS one of {words}."
        super().__init__(type, default=default, example=example, doc=doc, name=name)
        self.always = always

    def sinks(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[Sink]:
        place = ".".join((*base, self.attribute))

        def body(scope: Any) -> Value:
            if not is_darwin(scope) or launchd_calendar(scope, self.read(scope)) is not None:
                return []
            return [
                Attrs({"assertion": False, "message": f"On Darwin, {place} must be one of: {', '.join(INTERVALS)}."})
            ]

        yield Sink("assertions", body, gated=not self.always)


def launchd_calendar(scope: Any, frequency: str) -> Any:
    """The `StartCalendarInterval` of an agent for a word; nothing for what is none."""
    return scope._made(scope._argument("lib")["hm"]["darwin"]["mkCalendarInterval"], frequency)


def _names(units: Any) -> list[str]:
    return [units] if isinstance(units, str) else list(units or ())


def quoted(arguments: Sequence[Any]) -> str:
    """Arguments as one line of a unit: each quoted where systemd needs it."""
    return " ".join(_quote(str(argument)) for argument in arguments)


def _quote(argument: str) -> str:
    if argument and not any(c in argument for c in " \t\n\"'\\;$%"):
        return argument
    escaped = (
        argument.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("$", "$$").replace("%", "%%")
    )
    return f'"{escaped}"'
