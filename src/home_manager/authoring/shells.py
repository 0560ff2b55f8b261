"""The part for programs that hook into shells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from home_manager.authoring.part import Part, Sink, condition, given
from home_manager.authoring.values import exe
from home_manager.options.declaration import InContext, Option
from home_manager.options.definition import mk_order
from home_manager.options.types.scalars import BOOL
from home_manager.values import Attrs, Value
from home_manager.values.lazy import Delayed

if TYPE_CHECKING:
    from home_manager.authoring.options_class import Options

SINKS: Mapping[str, str] = {
    "bash": "programs.bash.initExtra",
    "zsh": "programs.zsh.initContent",
    "fish": "programs.fish.interactiveShellInit",
    "nushell": "programs.nushell.extraConfig",
    "ion": "programs.ion.initExtra",
}
"""The option of each shell that takes what an interactive session runs."""


class ShellIntegration(Part):
    """`enableBashIntegration` and its like for the shells that are named, and the text that each then runs.

    A text is given as it is or as a function of `self`; `True` declares the option alone. `hook` is a command whose output
    bash, zsh and fish evaluate: the arguments of the package's program (`hook="init {shell}"`), or the whole command, as a
    function of `self` and the shell; a shell that is given itself goes its own way, `False` leaves one out. `order` and `sinks`
    say, by     shell, with which priority and to which option the text goes; `extra` is added to the description. The default
    is `home.shell.enable…Integration`.
    """

    def __init__(
        self,
        *,
        hook: str | Callable[[Any, str], str] | None = None,
        bash: Any = None,
        zsh: Any = None,
        fish: Any = None,
        nushell: Any = None,
        ion: Any = None,
        order: Mapping[str, int] | int | None = None,
        sinks: Mapping[str, str] | None = None,
        extra: str = "",
        when: Any = None,
    ) -> None:
        texts = {"bash": bash, "zsh": zsh, "fish": fish, "nushell": nushell, "ion": ion}
        if hook is not None:
            for shell in ("bash", "zsh", "fish"):
                if texts[shell] is None:
                    texts[shell] = _evaluated(hook, shell)
        self.texts = {shell: text for shell, text in texts.items() if text is not None and text is not False}
        self.order = dict.fromkeys(self.texts, order) if isinstance(order, int) else dict(order or {})
        self.destinations = {**SINKS, **(sinks or {})}
        self.extra = extra
        self.when = when

    def read(self, scope: Any) -> Any:
        return {shell: self._enabled(scope, shell) for shell in self.texts}

    def _enabled(self, scope: Any, shell: str) -> bool:
        return scope._read(f"enable{shell.capitalize()}Integration") is True

    def declare(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], Option]]:
        for shell in self.texts:
            name = f"enable{shell.capitalize()}Integration"
            yield (
                (name,),
                Option(
                    BOOL,
                    _shell_default(name),
                    Attrs({"_type": "literalMD", "text": f"[](#opt-home.shell.{name})"}),
                    False,
                    f"Whether to enable {shell.capitalize()} integration.{' ' + self.extra if self.extra else ''}",
                    declared_in=cls._file(),
                ),
            )

    def sinks(self, cls: type[Options], base: tuple[str, ...]) -> Iterable[Sink]:
        more = condition(self.when)
        for shell, text in self.texts.items():
            if text is True:
                continue

            def body(scope: Any, shell: str = shell, text: Any = text) -> Value:
                value = Delayed(lambda: given(text, scope))
                order = self.order.get(shell)
                return value if order is None else mk_order(order, value)

            def when(scope: Any, shell: str = shell) -> bool:
                return self._enabled(scope, shell) and (more is None or bool(more(scope)))

            yield Sink(self.destinations[shell], body, when)


def _evaluated(hook: str | Callable[[Any, str], str], shell: str) -> Callable[[Any], str]:
    """Code that evaluates the output of a command."""

    def code(scope: Any) -> str:
        command = f"{exe(scope.package)} {hook.format(shell=shell)}" if isinstance(hook, str) else hook(scope, shell)
        return f"{command} | source\n" if shell == "fish" else f'eval "$({command})"\n'

    return code


def _shell_default(name: str) -> InContext:
    def read(evaluation: Any, _: Value) -> Value:
        value: Value = evaluation.shared.root.value(("home", "shell", name))
        return value

    return InContext(read)
