"""`home-manager repl`: expressions evaluated one after the other, with the configuration at hand."""

from __future__ import annotations

import io
import os
import re
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from home_manager.cli import configuration, exits
from home_manager.cli.messages import _, _n, later
from home_manager.cli.program import MACHINE_ERRORS, machine_diagnostic
from home_manager.cli.request_arguments import request, session
from home_manager.cli.terminal import Terminal
from home_manager.diagnostics import Failure, failure

if TYPE_CHECKING:
    from home_manager.configuration.exploration import Exploration
    from home_manager.values import Value

EXAMPLES = """\
  home-manager repl
  home-manager repl -f ./home.nix
  echo 'config.programs.git.enable' | home-manager repl
"""

COMMANDS = (
    ("EXPRESSION", later("show its value")),
    ("NAME = EXPRESSION", later("give a value a name")),
    (":a EXPRESSION", later("add the attributes of a set to the names")),
    (":l FILE", later("add the attributes of a file's value to the names")),
    (":r", later("read the configuration and all files again")),
    (":t EXPRESSION", later("show the type of a value")),
    (":p EXPRESSION", later("show a value with all that is in it")),
    (":e EXPRESSION", later("open the place of a function, an option or a path in the editor")),
    (":doc EXPRESSION", later("show what is written about a function, an option or a package")),
    (":q", later("leave")),
)

BINDING = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_'-]*)\s*=(?!=)(.*)", re.DOTALL)
UNFINISHED = ("unexpected end of file",)
HISTORY = 1000


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILE", help=_("load this file too, as `:l` does"))


def run(arguments: Namespace, terminal: Terminal) -> int:
    def load() -> tuple[Exploration, str]:
        from home_manager.activation import Layout
        from home_manager.configuration.exploration import explore
        from home_manager.paths import home_of_caller

        found = _has_configuration(arguments)
        wish = request(arguments, terminal, configured=found)
        if found:
            home = session(arguments, terminal)
            names = explore(home.begin(), wish, terminal.pass_on, home.layout.logical_home)
            return names, str(home.layout.repl_history)
        layout = Layout.resolve(home_of_caller(), root=wish.root)
        return explore(None, wish, terminal.pass_on, layout.logical_home), str(layout.repl_history)

    loop = Repl(terminal, load, list(arguments.files))
    loop.reload()
    if not sys.stdin.isatty():
        return loop.feed(_lines_of_a_pipe(), interruptible=False)
    terminal.tell(_("home-manager {version}; `:?` shows what there is").format(version=_version()))
    with _Editing(loop) as editing:
        return loop.feed(editing.lines())


def _has_configuration(arguments: Namespace) -> bool:
    """Whether there is one; where one was named that is not there, that is said."""
    try:
        configuration.find(os.environ, arguments.file, arguments.flake)
    except Failure:
        if arguments.file or arguments.flake:
            raise
        return False
    return True


def _version() -> str:
    from home_manager import __version__

    return __version__


class Repl:
    """The names that were given, the files that were loaded, and how each input is answered."""

    def __init__(self, terminal: Terminal, load: Callable[[], tuple[Exploration, str]], files: list[str]) -> None:
        self.terminal = terminal
        self.load = load
        self.files = files
        self.scope: dict[str, Value] = {}
        self._exploration: Exploration | None = None
        self.history = ""
        self.unfinished = ""

    @property
    def exploration(self) -> Exploration:
        assert self._exploration is not None
        return self._exploration

    def reload(self) -> None:
        """Reads everything again; names that were given by hand are forgotten."""
        self._exploration, self.history = self.load()
        self.scope = dict(self.exploration.names)
        for file in self.files:
            self.add_file(file)

    def feed(self, lines: Iterator[str], *, interruptible: bool = True) -> int:
        """Answers all input, which ends with `:q` or where the lines do.

        Ctrl-C ends what is being computed; only where nobody types, it ends everything.
        """
        for line in lines:
            text = f"{self.unfinished}{line}\n"
            self.unfinished = ""
            try:
                if not self.answer(text.strip()):
                    break
            except Failure as failed:
                if self._goes_on(failed, text):
                    self.unfinished = text
                else:
                    self.terminal.diagnose(failed.finished())
            except OSError as error:
                if error.errno not in MACHINE_ERRORS:
                    raise
                self.terminal.diagnose(Failure(machine_diagnostic(error)).finished())
            except KeyboardInterrupt:
                if not interruptible:
                    raise
                self.terminal.tell(_("interrupted"))
        if self.unfinished:
            self.terminal.warn(_("the last expression is not finished"))
        return exits.OK

    def _goes_on(self, failed: Failure, text: str) -> bool:
        """Whether the input may only be the first lines of an expression."""
        if failed.diagnostic.code != "nix-syntax":
            return False
        return any(part in failed.diagnostic.message for part in UNFINISHED) or text.count("/*") > text.count("*/")

    def answer(self, text: str) -> bool:
        """Does what one input asks for; false where it asks to leave."""
        if not text or text.startswith("#"):
            return True
        if text.startswith(":"):
            return self.command(*_split(text))
        binding = BINDING.fullmatch(text)
        if binding is not None and (value := self.bound(binding.group(2))) is not None:
            self.scope[binding.group(1)] = value
            return True
        self.show(self.value(text))
        return True

    def bound(self, text: str) -> Value | None:
        """The value to be named, computed when it is asked for; an expression that cannot be read fails now."""
        from home_manager.diagnostics import Source
        from home_manager.values.lazy import Delayed

        text = text.strip().removesuffix(";")
        scope = dict(self.scope)
        exploration = self.exploration
        exploration.evaluator.parse_syntax(Source("«string»", text), os.getcwd())
        return Delayed(lambda: exploration.value(text, scope))

    def command(self, name: str, rest: str) -> bool:
        """A command that begins with a colon."""
        match name:
            case ":q" | ":quit":
                return False
            case ":?" | ":h" | ":help":
                width = max(len(each) for each, _about in COMMANDS)
                for each, about in COMMANDS:
                    self.terminal.say(f"  {each:<{width}}  {_(about)}")
            case ":r" | ":reload":
                self.reload()
            case ":l" | ":load":
                self.files.append(_needed(rest, name))
                try:
                    self.add_file(rest)
                except Failure:
                    self.files.pop()
                    raise
            case ":a" | ":add":
                self.add(self.value(_needed(rest, name)))
            case ":t":
                from home_manager.cli.repl_values import type_of

                self.terminal.say(type_of(self.value(_needed(rest, name))))
            case ":p" | ":print":
                self.print(self.value(_needed(rest, name)))
            case ":e" | ":edit":
                self.edit(self.value(_needed(rest, name)))
            case ":doc":
                self.document(self.value(_needed(rest, name)))
            case _:
                raise failure(
                    "repl-command",
                    _("there is no command `{name}`").format(name=name),
                    hints=(_("`:?` shows those that there are"),),
                )
        return True

    def value(self, text: str) -> Value:
        return self.exploration.value(text, self.scope)

    def show(self, value: Value, depth: int = 1) -> None:
        from home_manager.cli.repl_values import shown
        from home_manager.nix.deep_stack import with_deep_stack

        self.terminal.say(with_deep_stack(lambda: shown(value, depth=depth)))

    def print(self, value: Value) -> None:
        """Shows all of a value; a string as it is."""
        from home_manager.cli.repl_values import ENTIRELY

        if isinstance(value, str):
            self.terminal.say(str(value))
        else:
            self.show(value, depth=ENTIRELY)

    def document(self, value: Value) -> None:
        from home_manager.cli.repl_documents import document
        from home_manager.nix.deep_stack import with_deep_stack
        from home_manager.values.lazy import force

        builtins = force(self.exploration.evaluator.builtins)
        text = with_deep_stack(lambda: document(value, builtins if isinstance(builtins, dict) else {}))
        if not text:
            raise failure("repl-command", _("nothing is written about this value"))
        self.terminal.say(text)

    def add_file(self, file: str) -> None:
        from home_manager.nix.deep_stack import with_deep_stack
        from home_manager.values import Attrs

        evaluator = self.exploration.evaluator
        path = os.path.abspath(os.path.expanduser(file))
        self.add(with_deep_stack(lambda: evaluator.auto_call(evaluator.eval_file(path), Attrs())))

    def add(self, value: Value) -> None:
        from home_manager.values.lazy import force

        value = force(value)
        if not isinstance(value, dict):
            raise failure("nix-type", _("only the attributes of a set can be added"))
        self.scope.update({name: value[name] for name in value})
        count = len(value)
        self.terminal.tell(_n("added {n} name", "added {n} names", count).format(n=count))

    def edit(self, value: Value) -> None:
        from home_manager.cli.edit import open_in_editor

        path, line = place_of(value)
        open_in_editor(_of_the_program(path), line, self.terminal)
        self.reload()


def _split(text: str) -> tuple[str, str]:
    name, _space, rest = text.partition(" ")
    return name, rest.strip()


def _needed(rest: str, name: str) -> str:
    if not rest:
        raise failure("repl-command", _("`{name}` needs something to work on").format(name=name))
    return rest


def place_of(value: Value) -> tuple[str, int]:
    """The file and line where a value was written: a function, an option, a package's `meta.position`, a path."""
    from home_manager.nix.nodes.functions import Lambda
    from home_manager.values import PathValue
    from home_manager.values.lazy import force

    if isinstance(value, PathValue | str):
        return str(getattr(value, "text", value)), 1
    if isinstance(value, Lambda):
        return value.code.source.name, value.code.source.position(value.code.start)[0]
    if isinstance(value, dict):
        if (place := _declaration(value)) is not None:
            return place
        found: Any = value
        for names in (("declarations",), ("meta", "position")):
            here = found
            for name in names:
                here = force(here[name]) if isinstance(here, dict) and name in here else None
            if isinstance(here, list) and here:
                return str(force(here[0])), 1
            if isinstance(here, str):
                path, _colon, line = here.rpartition(":")
                return path, int(line) if line.isdigit() else 1
    raise failure("repl-command", _("nobody knows where this value was written"))


def _of_the_program(path: str) -> str:
    """A place as messages show it; the program's own modules are named as seen from its folder."""
    import home_manager

    own = os.path.join(os.path.dirname(home_manager.__file__), path)
    return own if not os.path.isabs(path) and os.path.exists(own) else path


def _declaration(value: Mapping[str, Value]) -> tuple[str, int] | None:
    """Where an option was declared, with the line, where that is known."""
    from home_manager.values.lazy import force

    places = force(value["declarationPositions"]) if "declarationPositions" in value else None
    place = force(places[0]) if isinstance(places, list) and places else None
    if not isinstance(place, dict):
        return None
    line = force(place["line"])
    return str(force(place["file"])), line if isinstance(line, int) else 1


def _lines_of_a_pipe() -> Iterator[str]:
    # Bytes that are no text are a mistake in the expression, not of this program.
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    for line in sys.stdin:
        yield line.rstrip("\n")
        sys.stdout.flush()  # whoever writes the next line may wait for the answer to this one


class _Editing:
    """Lines from a terminal: with history and completion where Python has readline."""

    def __init__(self, loop: Repl) -> None:
        self.loop = loop
        self.history = loop.history
        self._offers: list[str] = []

    def __enter__(self) -> _Editing:
        try:
            import readline
        except ImportError:
            return self
        readline.set_completer_delims(" \t\n\"'`()[]{};:=+*/<>!&|,?@")
        readline.set_completer(self.complete)
        libedit = "libedit" in (readline.__doc__ or "")
        readline.parse_and_bind("bind ^I rl_complete" if libedit else "tab: complete")
        try:
            readline.read_history_file(self.history)
        except OSError:
            pass
        return self

    def __exit__(self, *error: object) -> None:
        try:
            import readline
        except ImportError:
            return
        readline.set_history_length(HISTORY)
        try:
            # What was typed may be secret: the file is nobody else's from its first moment.
            os.makedirs(os.path.dirname(self.history), exist_ok=True)
            os.close(os.open(self.history, os.O_WRONLY | os.O_CREAT, 0o600))
            os.chmod(self.history, 0o600)
            readline.write_history_file(self.history)
        except OSError:
            pass

    def complete(self, text: str, state: int) -> str | None:
        """What readline asks for, one answer a call."""
        if state == 0:
            from home_manager.cli.repl_values import completions

            names = {**self.loop.exploration.evaluator.globals, **self.loop.scope}
            self._offers = completions(text, names, self.loop.value)
        return self._offers[state] if state < len(self._offers) else None

    def lines(self) -> Iterator[str]:
        while True:
            try:
                yield input("… " if self.loop.unfinished else "home-manager> ")
            except EOFError:
                sys.stdout.write("\n")
                return
            except KeyboardInterrupt:
                self.loop.unfinished = ""
                sys.stdout.write("\n")
