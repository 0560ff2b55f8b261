from collections.abc import Iterator
from typing import Any

from home_manager.authoring import *
from home_manager.modules.programs.fish.code import (
    ALL_TOGETHER,
    COMPLETION_PATH,
    FROM_MANUAL_PAGES,
    PLUGIN,
    SESSION_VARIABLES,
)
from home_manager.modules.programs.fish.entries import Abbreviation, Bind, Completion, Function, Plugin

HANDLERS = ("onJobExit", "onProcessExit", "onVariable", "onSignal", "onEvent")
"""What makes a function one that fish calls by itself; such a function must be known before anybody calls it."""


def priority(package) -> int:
    """The priority of a package where several install the same file; the lower wins."""
    meta: Any = seen(package.get("meta", {}))
    found = seen(meta.get("priority", 0))
    return found if isinstance(found, int) else 0


def during(kind: str, parts: list[tuple[str, str]]) -> str:
    """The code for one kind of shell, each part below a comment; nothing where there is none."""
    lines: list[str] = []
    for title, code in parts:
        if code.strip():
            lines += ["", f"# {title}", *code.removesuffix("\n").split("\n")]
    indented = formats.fish.indent("\n".join(lines))
    return f"status is-{kind}; and begin\n{indented}\n\nend" if lines else ""


class Fish(Program):
    """fish, the friendly interactive shell"""

    package = Package("fish")
    generateCompletions = option(
        t.bool,
        default=True,
        example=True,
        doc="Whether completions are made from the manual pages of all installed packages.",
    )
    shellAliases = option(
        t.attrs_of(t.str),
        default={},
        example=literal('{\n  g = "git";\n  "..." = "cd ../..";\n}'),
        doc="Aliases and the commands they stand for.",
    )
    shellAbbrs = option(
        t.attrs_of(t.either(t.str, t.submodule(Abbreviation))),
        default={},
        example={"l": "less", "gco": "git checkout", "-C": {"position": "anywhere", "expansion": "--color"}},
        doc="Abbreviations, which are expanded on the command line as they are typed.",
    )
    preferAbbrs = option(
        t.bool,
        default=False,
        example=True,
        doc="Whether other modules define abbreviations where they would define aliases.",
    )
    binds = option(
        t.attrs_of(t.submodule(Bind)),
        default={},
        example=literal(
            '{\n  "alt-shift-b".command = "fish_commandline_append bat";\n  "alt-s" = { erase = true; operate = "preset"; };\n}'
        ),
        doc="Key bindings.",
    )
    shellInit = option(t.lines, default="", doc="Code that runs in every shell.")
    loginShellInit = option(t.lines, default="", doc="Code that runs in login shells.")
    interactiveShellInit = option(t.lines, default="", doc="Code that runs in interactive shells.")
    shellInitLast = option(t.lines, default="", doc="Code that runs after all else.")
    plugins = option(
        t.list_of(t.submodule(Plugin)),
        default=[],
        example=literal(
            '[\n  { name = "z"; src = pkgs.fetchFromGitHub { owner = "jethrokuan"; repo = "z"; rev = "…"; hash = "…"; }; }\n]'
        ),
        doc="Plugins; each gets a file in `conf.d`.",
    )
    functions = option(
        t.attrs_of(t.either(t.lines, t.submodule(Function))),
        default={},
        example=literal('{ gitignore = "curl -sL https://www.gitignore.io/api/$argv"; }'),
        doc="Functions, each in a file of its own from which fish loads it when it is called.",
    )
    completions = option(
        t.attrs_of(t.either(t.lines, t.submodule(Completion))),
        default={},
        example=literal('{ my-prog = "complete -c my-prog -s o -l output"; }'),
        doc="Completions by command.",
    )
    sessionVariablesPackage = option(t.package, internal=True, doc="The package with the file `hm-session-vars.fish`.")
    removed = Removed(
        "promptInit",
        "Prompt is now configured through the\n\n  programs.fish.interactiveShellInit\n\n"
        "option. Please change to use that instead.\n",
    )

    @defines(".shellAliases")
    def common_aliases(self):
        return self["home.shellAliases"]

    # Session variables

    @defines(".sessionVariablesPackage")
    def session_variables(self):
        file = f"{self['home.sessionVariablesPackage']}/etc/profile.d/hm-session-vars.sh"
        text = SESSION_VARIABLES.replace("{bash}", exe(self.pkgs["bash"])).replace("{file}", file)
        destination = "/etc/profile.d/hm-session-vars.fish"
        return self._made("writeTextFile", {"name": "hm-session-vars.fish", "text": text, "destination": destination})

    @defines("home.packages")
    def variables_installed(self):
        return [self.sessionVariablesPackage]

    # config.fish

    @config_file("fish/config.fish")
    def start(self) -> str:
        handlers = "\n".join(
            f"source {formats.fish.word(str(self['xdg.configHome']) + f'/fish/functions/{name}.fish')}"
            for name, function in sorted(self.functions.items())
            if not isinstance(function, str) and any(function[each] is not None for each in HANDLERS)
        )
        aliases = [
            f"alias {formats.fish.word(name)} {formats.fish.quote(command)}"
            for name, command in sorted(self.shellAliases.items())
        ]
        parts = [
            "# Made by home-manager. Only one run in each shell counts.\n"
            "set -q __fish_home_manager_config_sourced; and exit\n"
            "set -g __fish_home_manager_config_sourced 1",
            f"source {self.sessionVariablesPackage}/etc/profile.d/hm-session-vars.fish",
            f"# Source handler functions\n{handlers}" if handlers else "",
            self.shellInit,
            during("login", [("Login shell initialisation", self.loginShellInit)]),
            during(
                "interactive",
                [
                    ("Abbreviations", self._abbreviations()),
                    ("Aliases", "\n".join(aliases)),
                    ("Interactive shell initialisation", self.interactiveShellInit),
                ],
            ),
            self.shellInitLast,
        ]
        return "\n\n".join(part.removesuffix("\n") for part in parts if part) + "\n"

    def _abbreviations(self) -> str:
        def words(name: str):
            return formats.command_line.OptionFormat(f"--{name}", "=" if name == "set-cursor" else None)

        lines = []
        for name, given in sorted(self.shellAbbrs.items()):
            if isinstance(given, str):
                lines.append(f"abbr --add -- {formats.fish.word(name)} {formats.fish.quote(given)}")
                continue
            flags = {each: given[each] for each in ("position", "regex", "command", "function")}
            quoted = formats.command_line.render({**flags, "set-cursor": given.setCursor}, words)
            line = " ".join(filter(None, ["abbr --add", quoted, "--", formats.fish.word(given.name or name)]))
            lines.append(line if given.expansion is None else f"{line} {formats.fish.quote(given.expansion)}")
        return "\n".join(lines)

    # Key bindings

    @defines(".functions", when=lambda self: any(bind.enable for bind in self.binds.values()))
    def key_bindings(self):
        lines = [line for key, bind in sorted(self.binds.items()) if bind.enable for line in self._bind(key, bind)]
        return {"fish_user_key_bindings": "\n".join(lines)}

    def _bind(self, key: str, bind) -> Iterator[str]:
        words = ["-s"] if bind.silent else []
        words += [f"--{bind.operate}"] if bind.operate is not None else []
        words += ["--mode", bind.mode] if bind.mode is not None else []
        words += ["--sets-mode", bind.setsMode] if bind.setsMode is not None else []
        words.append(key if bind.name is None else bind.name)
        if bind.erase:
            yield " ".join(["bind", "-e", *words])
        if bind.command is not None:
            commands = [bind.command] if isinstance(bind.command, str) else bind.command
            yield " ".join(["bind", *words, *map(formats.fish.quote, commands), *(["repaint"] if bind.repaint else [])])

    @check
    def bindings_do_something(self):
        for key, bind in self.binds.items():
            if bind.enable and bind.command is None and not bind.erase:
                yield f"programs.fish.binds.{key} needs a command, unless it erases a binding."

    # Functions, completions and plugins

    @defines("xdg.configFile")
    def function_files(self):
        for name, given in self.functions.items():
            flags, body = ("", given) if isinstance(given, str) else (" " + " ".join(self._flags(given)), given.body)
            head = f"function {formats.fish.word(name)}{flags}".rstrip()
            text = f"{head}\n{formats.fish.indent(body.removesuffix(chr(10)))}\nend\n"
            yield {f"fish/functions/{name}.fish": {"text": text}}
        for name, given in self.completions.items():
            body = given if isinstance(given, str) else given.body
            yield {f"fish/completions/{name}.fish": {"text": body.removesuffix("\n") + "\n"}}

    def _flags(self, function) -> Iterator[str]:
        events = function.onEvent if isinstance(function.onEvent, list) else [function.onEvent]
        for name, text in (("description", function.description), ("wraps", function.wraps)):
            if text is not None:
                yield f"--{name}={formats.fish.in_double_quotes(text)}"
        values: list[tuple[str, Any]] = [
            *(("on-event", event) for event in events),
            ("on-variable", function.onVariable),
            ("on-job-exit", function.onJobExit),
            ("on-process-exit", function.onProcessExit),
            ("on-signal", function.onSignal),
        ]
        for name, value in values:
            if value is not None:
                yield f"--{name}={formats.fish.in_double_quotes(str(value), expands=True)}"
        if function.noScopeShadowing:
            yield "--no-scope-shadowing"
        if function.inheritVariable is not None:
            yield f'--inherit-variable="{function.inheritVariable}"'
        if function.argumentNames is not None:
            names = function.argumentNames
            yield f"--argument-names={names if isinstance(names, str) else ' '.join(names)}"

    @defines("xdg.configFile")
    def plugin_files(self):
        for plugin in self.plugins:
            text = PLUGIN.replace("{name}", plugin.name).replace("{src}", self._in_text(plugin.src))
            yield {f"fish/conf.d/plugin-{plugin.name}.fish": {"text": text}}

    # Completions from manual pages

    @defines("programs.man.generateCaches", when=generateCompletions)
    def page_index(self):
        return default(True)

    @defines("home.extraDependencies", when=generateCompletions)
    def kept(self):
        return self._generated()

    @defines("xdg.dataFile", when=generateCompletions)
    def generated_completions(self):
        name = f"{self['home.username']}-fish-completions"
        together = self._made("runCommand", name, {"paths": self._generated()}, ALL_TOGETHER)
        return {"fish/home-manager/generated_completions": {"source": together}}

    @defines(".interactiveShellInit", when=generateCompletions)
    def completion_path(self):
        directory = formats.fish.quote(f"{self['xdg.dataHome']}/fish/home-manager/generated_completions")
        return COMPLETION_PATH.replace("{directory}", directory)

    def _generated(self) -> list[Any]:
        """The completions of each package, the most important package last."""
        packages = sorted(self["home.packages"], key=lambda package: -priority(package))
        return [self._completions_of(package) for package in packages]

    def _completions_of(self, package):
        outputs = [package[name] for name in self["home.extraOutputsToInstall"] if name in package]
        needs = {"srcs": [package, *outputs], "nativeBuildInputs": [self.pkgs["python3"], self.package]}
        return self._made("runCommand", f"{seen(package['name'])}-fish-completions", needs, FROM_MANUAL_PAGES)
