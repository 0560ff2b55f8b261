from home_manager.authoring import *


class Arguments(Options):
    """The arguments"""

    freeform = t.attrs_of(t.null_or(t.one_of(t.bool, t.str, t.int, t.path)))

    cache = option(
        t.null_or(t.path),
        default=lambda self: f"{self['xdg.cacheHome']}/librespot",
        default_text='"$XDG_CACHE_HOME/librespot"',
        doc="Where what was downloaded is kept.",
    )
    system_cache = option(
        t.null_or(t.path),
        default=lambda self: f"{self['xdg.stateHome']}/librespot",
        default_text='"$XDG_STATE_HOME/librespot"',
        name="system-cache",
        doc="Where credentials and the volume are kept.",
    )


class Librespot(Service):
    """Librespot, a speaker for Spotify Connect"""

    platforms = ("linux", "darwin")
    package = Package("librespot")
    settings = option(
        t.submodule(Arguments),
        default={},
        doc="Arguments by name: `true` is a flag alone, `false` and `null` are left out. See `librespot --help`.",
    )
    args = option(t.list_of(t.str), internal=True, doc="The arguments, as `settings` make them.")
    speaker = UserUnit(
        lambda self: self._script(),
        description="Librespot (an open source Spotify client)",
        wanted_by="default.target",
        restart="always",
        service={"RestartSec": 12},
    )

    def _script(self):
        line = f"exec '{self.package}/bin/librespot' {formats.shell.quote_all(self.args)}\n"
        return str(self._made("writeShellScript", "librespot", line))

    @defines(".args")
    def arguments(self):
        given = {
            name: value for name, value in sorted(self.settings.items()) if value is not None and value is not False
        }
        return [f"--{name}" if value is True else f"--{name}={value}" for name, value in given.items()]
