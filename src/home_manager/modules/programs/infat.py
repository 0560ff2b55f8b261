from home_manager.authoring import *


class Activation(Options):
    """When the handlers are set"""

    _legacyBoolean = option(
        t.bool, default=False, visible=False, doc="Whether a boolean was given instead of this set."
    )
    enable = option(t.bool, default=True, example=False, doc="Whether the handlers are set at a switch.")
    extraArgs = option(
        t.list_of(t.str), default=["--robust"], example=["--robust", "--quiet"], doc="Arguments of infat."
    )


class Infat(Program):
    """infat, which sets what opens files on macOS"""

    platforms = ("darwin",)

    package = Package("infat", nullable=True)
    settings = Settings(
        formats.toml,
        file=lambda self: self._target(),
        below="home.file",
        example={
            "extensions": {"html": "Safari", "md": "TextEdit", "pdf": "Preview"},
            "schemes": {"mailto": "Mail", "web": "Safari"},
            "types": {"plain-text": "VSCode"},
        },
        doc="Programs by extension, scheme and type, see <https://github.com/philocalyst/infat#configuration>.",
    )
    autoActivate = option(
        t.coerced_to(t.bool, lambda on: {"enable": on, "_legacyBoolean": True}, t.submodule(Activation)),
        default={},
        example={"enable": True, "extraArgs": ["--robust", "--quiet"]},
        doc="When the handlers are set. A boolean is still taken, but deprecated.",
    )

    def _target(self):
        return application_support("infat/config.toml", unless_xdg=True)(self)

    @warn
    def boolean(self):
        if self.autoActivate["_legacyBoolean"]:
            yield (
                "Using a Boolean as the value of `programs.infat.autoActivate' is deprecated: "
                "set `programs.infat.autoActivate.enable` instead."
            )

    def _arguments(self):
        given = self.autoActivate.extraArgs
        if not self.settings or "--config" in given:
            return given
        place = self._target()
        return [*given, "--config", place if place.startswith("/") else f"{self['home.homeDirectory']}/{place}"]

    @activation_step(
        "infat",
        after="writeBoundary",
        when=lambda self: self.package is not None and self.autoActivate.enable and "--config" in self._arguments(),
    )
    def activated(self):
        script = f"run {exe(self.package)} {formats.shell.quote_all(self._arguments())} $VERBOSE_ARG\n"
        return script
