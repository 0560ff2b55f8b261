from home_manager.authoring import *


def state_file(name):
    return option(
        t.path_with(),
        default=f"{name}_ver.json",
        doc=f"The file for the {name} versions; `~` and variables count, and it may be relative to the configuration.",
    )


class Places(Options):
    """Where nvchecker keeps versions"""

    freeform = t.toml

    oldver = state_file("old")
    newver = state_file("new")


class Sources(Options):
    """What nvchecker.toml holds"""

    freeform = t.toml

    __config__ = option(
        t.submodule(Places),
        default={},
        default_text='{\n  oldver = "old_ver.json";\n  newver = "new_ver.json";\n};\n',
        doc="Where nvchecker keeps versions, and other settings of its own.",
    )


class Nvchecker(Program):
    """nvchecker, which looks for new versions of programs"""

    package = Package("nvchecker", nullable=True)
    settings = Settings(
        formats.toml,
        type=t.submodule(Sources),
        file="nvchecker/nvchecker.toml",
        darwin=application_support("nvchecker/nvchecker.toml"),
        default_text='__config__ = {\n  oldver = "old_ver.json";\n  newver = "new_ver.json";\n};\n',
        example={
            "__config__": {
                "keyfile": "keyfile.toml",
                "newver": "~/separately_placed_newver.json",
                "oldver": "my_custom_oldver.json",
            },
            "nvchecker": {"github": "lilydjwg/nvchecker", "source": "github"},
        },
        doc="The sources by name, see <https://nvchecker.readthedocs.io/en/latest/usage.html#configuration-files>.",
    )
