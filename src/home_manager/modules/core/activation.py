"""`home.activation`: what a switch does, step by step."""

from home_manager.authoring import *

STEPS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "checkFilesChanged": (("linkGeneration",), ()),
    "checkLinkTargets": (("writeBoundary",), ()),
    "writeBoundary": ((), ()),
    "installPackages": ((), ("writeBoundary",)),
    "linkGeneration": ((), ("writeBoundary",)),
    "onFilesChange": ((), ("linkGeneration",)),
    "reloadSystemd": ((), ("linkGeneration",)),
}
"""The steps that the program does itself: what each comes before, and after. Their names are those of the original."""


class Activation(Module):
    """Activation"""

    namespace = "home"

    activation = option(
        t.dag_of(t.str),
        default={},
        example=literal(
            "{\n"
            "  myActivationAction = lib.hm.dag.entryAfter [\"writeBoundary\"] ''\n"
            "    run ln -s $VERBOSE_ARG \\\n"
            "        ${builtins.toPath ./link-me-directly} $HOME\n"
            "  '';\n"
            "}"
        ),
        doc="Bash code to run when a generation is activated. Doing it twice must be as good as once. What writes "
        "must come after the step `writeBoundary`; what comes before may only check and fail. Put `run` before "
        "a command that changes something, so that a dry run only shows it (`run --quiet` and `run --silence` hide its "
        "output); `verboseEcho` prints with `--verbose` only, and `$VERBOSE_ARG` is `--verbose` then.",
    )
    emptyActivationPath = option(
        t.bool,
        default=lambda self: self._state_at_least("22.11"),
        default_text='lib.versionAtLeast home.stateVersion "22.11"',
        internal=True,
        doc="Whether the steps are kept from finding programs on the caller's `PATH`.",
    )
    extraActivationPath = option(
        t.list_of(t.package), default=[], internal=True, doc="Packages whose programs the steps can call."
    )
    activationGenerateGcRoot = option(
        t.bool, default=True, internal=True, doc="Whether the generation in use is kept from garbage collection."
    )

    @defines(".activation")
    def steps(self):
        return {
            name: {"data": "", "before": list(before), "after": list(after)} for name, (before, after) in STEPS.items()
        }
