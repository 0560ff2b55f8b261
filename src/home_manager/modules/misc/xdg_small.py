"""The smaller parts of `xdg`: system directories, autostart, the default terminal."""

from home_manager.authoring import *


class SystemDirs(Module):
    """Directories of the system that programs search"""

    namespace = "xdg.systemDirs"
    by_mention = True

    config = option(
        t.list_of(t.str),
        default=[],
        example=["/etc/xdg"],
        doc="Directories to put before `XDG_CONFIG_DIRS` in the session.",
    )
    data = option(
        t.list_of(t.str),
        default=[],
        example=["/usr/share", "/usr/local/share"],
        doc="Directories to put before `XDG_DATA_DIRS` in the session.",
    )

    @check
    def platform(self):
        if (self.config or self.data) and not self._is_on("linux"):
            yield "The module xdg.systemDirs does not support your platform; it needs linux."

    def _variables(self) -> dict[str, str]:
        lists = {"XDG_CONFIG_DIRS": self.config, "XDG_DATA_DIRS": self.data}
        return {name: ":".join(each) + f"${{{name}:+:${name}}}" for name, each in lists.items() if each}

    @defines("home.sessionVariables")
    def for_shells(self):
        return self._variables()

    @defines("systemd.user.sessionVariables")
    def for_services(self):
        return self._variables()


class Autostart(Program):
    """creation of XDG autostart entries"""

    namespace = "xdg.autostart"
    platforms = ("linux", "darwin")

    readOnly = option(
        t.bool,
        default=False,
        example=True,
        doc="Whether the directory is a link to one that cannot be written to, so that no program can add itself.",
    )
    entries = option(
        t.list_of(t.path),
        default=[],
        example=literal('[\n  "${pkgs.evolution}/share/applications/org.gnome.Evolution.desktop"\n]\n'),
        doc="Desktop files of what is started with the session.",
    )

    @defines("xdg.configFile", when=lambda self: self.readOnly or self.entries)
    def directory(self):
        script = "mkdir -p $out\n" + "\n".join(f"ln -s {entry} $out" for entry in self.entries) + "\n"
        source = self._made("runCommandLocal", "xdg-autostart-entries", {}, script)
        return {"autostart": {"source": source, "recursive": not self.readOnly}}


class TerminalExec(Program):
    """xdg-terminal-exec, by which programs find the user's terminal"""

    namespace = "xdg.terminal-exec"

    package = Package("xdg-terminal-exec", nullable=True)
    settings = option(
        t.attrs_of(t.list_of(t.str)),
        default={},
        example={
            "default": ["kitty.desktop"],
            "GNOME": ["com.raggesilver.BlackBox.desktop", "org.gnome.Terminal.desktop"],
        },
        doc="Desktop files of terminals, the best first, by the name of the desktop environment; `default` is for all others.",
    )

    @defines("xdg.configFile")
    def lists(self):
        return {
            f"{'' if desktop == 'default' else f'{desktop.lower()}-'}xdg-terminals.list": {
                "text": "".join(f"{terminal}\n" for terminal in terminals)
            }
            for desktop, terminals in self.settings.items()
        }
