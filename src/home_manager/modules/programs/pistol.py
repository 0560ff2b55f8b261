from home_manager.authoring import *


class Association(Options):
    """An association"""

    command = option(t.str, doc="The command that shows a file.")
    fpath = option(t.str, default="", doc="A pattern of the file's path.")
    mime = option(t.str, default="", doc="A pattern of the file's type.")


class Pistol(Program):
    """Pistol, a previewer of files for file managers in the terminal"""

    package = Package("pistol", nullable=True)
    associations = Settings(
        None,
        file="pistol/pistol.conf",
        # The documentation names Library/Preferences, which only holds where XDG_CONFIG_DIRS has its default.
        darwin=application_support("pistol/pistol.conf"),
        type=t.list_of(t.submodule(Association)),
        default=[],
        render=lambda self, associations: "\n".join(
            f"fpath {each.fpath} {each.command}" if each.fpath else f"{each.mime} {each.command}"
            for each in associations
        ),
        example=[
            {"command": "bat %pistol-filename%", "mime": "application/json"},
            {"command": "hexyl %pistol-filename%", "mime": "application/*"},
            {"command": "sh: bat --paging=never --color=always %pistol-filename% | head -8", "fpath": ".*.md$"},
        ],
        doc="What shows which files, each by its path or its type.",
    )
    removed = (Removed("config", "Pistol is now configured with programs.pistol.associations."),)

    @check
    def path_or_type(self):
        if any(bool(each.fpath) == bool(each.mime) for each in self.associations):
            yield "Each entry in programs.pistol.associations must contain exactly one\nof fpath or mime.\n"
