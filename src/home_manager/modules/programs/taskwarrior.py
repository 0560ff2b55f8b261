from home_manager.authoring import *


def text_of(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(map(text_of, value))
    return formats.plain.to_string(value)


def lines(key, value):
    """The lines for a setting; one that has parts stands for these, with dotted names."""
    if not isinstance(value, dict):
        return [f"{key}={text_of(value)}"]
    return [line for name, part in sorted(value.items()) for line in lines(f"{key}.{name}" if key else name, part)]


class Taskwarrior(Program):
    """Taskwarrior, a list of tasks"""

    package = Package("taskwarrior2", nullable=True, example="pkgs.taskwarrior3")
    config = option(
        t.attrs_of(t.anything),
        default={},
        example=literal(
            '{\n  confirmation = false;\n  report.minimal.filter = "status:pending";\n'
            '  report.active.columns = [ "id" "start" "entry.age" "priority" "project" "due" "description" ];\n'
            '  report.active.labels  = [ "ID" "Started" "Age" "Priority" "Project" "Due" "Description" ];\n'
            '  taskd = {\n    certificate = "/path/to/cert";\n    key = "/path/to/key";\n    ca = "/path/to/ca";\n'
            '    server = "host.domain:53589";\n'
            '    credentials = "Org/First Last/cf31f287-ee9e-43a8-843e-e8bbd5de4294";\n  };\n}\n'
        ),
        doc="The settings; sets within sets make dotted names, lists are joined by commas.",
    )
    dataLocation = option(
        t.str,
        default=lambda self: f"{self['xdg.dataHome']}/task",
        default_text='"$XDG_DATA_HOME/task"',
        doc="The directory of the tasks, which is made where there is none.",
    )
    colorTheme = option(
        t.null_or(t.either(t.str, t.path)),
        default=None,
        example="dark-blue-256",
        doc="The colours: the name of a theme that comes with Taskwarrior, or a file.",
    )
    extraConfig = option(t.lines, default="", doc="Lines for the end of the configuration.")

    def _place(self, name):
        return f"{self['xdg.configHome']}/task/{name}"

    @defines("home.file")
    def file(self):
        theme = self.colorTheme
        if theme is not None:
            theme = f"include {theme}.theme" if isinstance(theme, str) else f"include {self._in_text(theme)}"
        text = "\n".join(
            [
                f"data.location={self.dataLocation}",
                theme or "",
                "",
                "\n".join(lines("", self.config)),
                "",
                self.extraConfig,
                "",
            ]
        )
        return {self._place("home-manager-taskrc"): {"text": text}}

    @activation_step("regenDotTaskRc", after="writeBoundary")
    def included(self):
        # Taskwarrior writes to taskrc itself, so that file stays the user's and only includes ours.
        return formats.shell.script(
            """
            verboseEcho "Looking whether taskrc includes the generated configuration"
            if [[ ! -s @user@ ]]; then
              if [[ -v DRY_RUN ]]; then
                run echo @include@ ">" @user@
              else
                echo @include@ > @user@
              fi
            elif ! grep -qF @include@ @user@; then
              run sed -i @insert@ @user@
            fi
            """,
            user=self._place("taskrc"),
            include=f"include {self._place('home-manager-taskrc')}",
            insert=f"1i include {self._place('home-manager-taskrc')}",
        )
