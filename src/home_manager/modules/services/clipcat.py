from home_manager.authoring import *

PAGE = "<https://github.com/xrelkd/clipcat?tab=readme-ov-file#configuration>"
ZSH = r"""
if (( $+commands[clipcat-menu] )); then
  alias clipedit=' clipcat-menu --finder=builtin edit'
  alias clipdel=' clipcat-menu --finder=builtin remove'
  bindkey -s '^\' '^Q clipcat-menu --finder=builtin insert ^J'
  bindkey -s '^]' '^Q clipcat-menu --finder=builtin remove ^J'
fi
""".lstrip()


def settings(program, file, example, value=None):
    return Settings(
        formats.toml,
        file=f"clipcat/{file}.toml",
        default=value or {},
        example=literal(example),
        doc=f"The settings of {program}, see {PAGE}.",
    )


class Clipcat(Service):
    """clipcat"""

    package = Package("clipcat")
    shells = ShellIntegration(zsh=ZSH)
    enableSystemdUnit = option(t.bool, default=True, example=False, doc="Whether the daemon runs as a service.")
    daemonSettings = settings(
        "clipcatd",
        "clipcatd",
        '{\n  max_history = 50;\n  log = {\n    emit_journald = true;\n    level = "INFO";\n  };\n}\n',
        {"daemonize": True},
    )
    ctlSettings = settings(
        "clipcatctl",
        "clipcatctl",
        '{\n  server_endpoint = "/run/user/<user-id>/clipcat/grpc.sock";\n  log.level = "INFO";\n}\n',
    )
    menuSettings = settings(
        "clipcat-menu",
        "clipcat-menu",
        '{\n  finder = "rofi";\n  rofi = {\n    line_length = 100;\n    menu_prompt = "Clipcat";\n  };\n}\n',
    )

    def _script(self, name, command):
        # Commands of entries are looked for where NixOS has programs.
        return str(self._made("writeShellScript", name, f"PATH=/run/current-system/sw/bin:\n{command}\n"))

    unit = UserUnit(
        lambda self: self._script("clipcatd-exec-start", f"{self.package}/bin/clipcatd --no-daemon --replace"),
        description="Clipcat Daemon",
        part_of="graphical-session.target",
        wanted_by="graphical-session.target",
        restart="on-failure",
        service=lambda self: {
            "ExecStartPre": self._script("clipcatd-exec-start-pre", 'rm -f "$XDG_RUNTIME_DIR/clipcat/grpc.sock"'),
            "Type": "simple",
        },
        when=enableSystemdUnit,
    )
