"""`services.activitywatch`."""

from home_manager.authoring import *

SANDBOX = {"LockPersonality": True, "NoNewPrivileges": True, "RestrictNamespaces": True}


class Watcher(Options):
    """A watcher"""

    name = option(
        t.str,
        default=lambda self: self._name,
        default_text='"‹name›"',
        example="aw-watcher-afk",
        doc="The name of the watcher, by which its folder of configuration is called.",
    )
    package = Package("activitywatch", extra="It has the program of the watcher.", install=False)
    executable = option(
        t.str, default=lambda self: self.name, default_text='"‹name›"', doc="The program, where it is called otherwise."
    )
    settings = option(
        t.toml,
        default={},
        example={"timeout": 300, "poll_time": 2},
        doc="Its settings, in the file that most watchers read.",
    )
    settingsFilename = option(
        t.str,
        default=lambda self: f"{self.name}.toml",
        default_text='"‹name›.toml"',
        example="config.toml",
        doc="The name of that file.",
    )
    extraOptions = option(t.list_of(t.str), default=[], example=["--host", "127.0.0.1"], doc="Further arguments.")


class Activitywatch(Service):
    """ActivityWatch, a tracker of time"""

    package = Package(
        "activitywatch",
        example="pkgs.aw-server-rust",
        extra="It has the server that is written in Rust, see <https://github.com/ActivityWatch/aw-server-rust>.",
        install=False,
    )
    settings = Settings(
        formats.toml,
        file="activitywatch/aw-server-rust/config.toml",
        example=literal(
            "{\n  port = 3012;\n\n  custom_static = {\n"
            '    my-custom-watcher = "${pkgs.my-custom-watcher}/share/my-custom-watcher/static";\n  };\n}\n'
        ),
        doc="Settings of the server.",
    )
    extraOptions = option(
        t.list_of(t.str), default=[], example=["--port", "5999"], doc="Further arguments of the server."
    )
    watchers = option(
        t.attrs_of(t.submodule(Watcher)),
        default={},
        doc="Watchers by name; `systemctl --user status 'activitywatch-watcher-*'` shows them.",
    )
    # Stopping the target stops the server and every watcher.
    target = UserUnit(
        kind="targets",
        description="ActivityWatch server",
        requires="default.target",
        after="default.target",
        wanted_by="default.target",
    )
    server = UserUnit(
        lambda self: f"{exe(self.package, 'aw-server')} {formats.shell.quote_all(self.extraOptions)}",
        description="ActivityWatch time tracker server",
        wanted_by="activitywatch.target",
        restart="on-failure",
        unit={"Documentation": ["https://docs.activitywatch.net"], "BindsTo": ["activitywatch.target"]},
        service=SANDBOX,
    )

    @defines("systemd.user.services")
    def services_of_watchers(self):
        for each in self.watchers.values():
            command = f"{exe(each.package, each.executable)} {formats.shell.quote_all(each.extraOptions)}"
            yield {
                f"activitywatch-watcher-{each.name}": {
                    "Unit": {
                        "Description": f"ActivityWatch watcher '{each.name}'",
                        "After": ["activitywatch.service"],
                        "BindsTo": ["activitywatch.target"],
                    },
                    "Service": {"ExecStart": command, **SANDBOX},
                    "Install": {"WantedBy": ["activitywatch.target"]},
                }
            }

    @defines("xdg.configFile")
    def files_of_watchers(self):
        for each in self.watchers.values():
            if each.settings:
                text = formats.toml.render(each.settings)
                yield {f"activitywatch/{each.name}/{each.settingsFilename}": {"text": text}}
