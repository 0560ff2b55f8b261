"""`xdg.userDirs`: where the user keeps documents, music, pictures…"""

import re

from home_manager.authoring import *

DIRECTORIES = {
    "desktop": ("DESKTOP", "Desktop", "The directory that the desktop shows."),
    "documents": ("DOCUMENTS", "Documents", "The directory of documents."),
    "download": ("DOWNLOAD", "Downloads", "The directory for downloads."),
    "music": ("MUSIC", "Music", "The directory of music."),
    "pictures": ("PICTURES", "Pictures", "The directory of pictures."),
    "projects": ("PROJECTS", "Projects", "The directory of projects."),
    "publicShare": ("PUBLICSHARE", "Public", "The directory that others may see."),
    "templates": ("TEMPLATES", "Templates", "The directory of templates."),
    "videos": ("VIDEOS", "Videos", "The directory of videos."),
}
"""The options, with the name that the specification gives each, its default below the home and its description."""

OLD_KEY = re.compile("XDG_(.*)_DIR")


def directory(below: str, doc: str):
    return option(
        t.null_or(t.coerced_to(t.path, str, t.str)),
        default=lambda self: f"{self['home.homeDirectory']}/{below}",
        default_text=f'"${{config.home.homeDirectory}}/{below}"',
        doc=doc,
    )


class UserDirs(Program):
    """the user's well-known directories"""

    namespace = "xdg.userDirs"

    enable = option(
        t.bool, default=False, doc="Whether to make `$XDG_CONFIG_HOME/user-dirs.dirs`, which cannot be written to then."
    )
    package = Package("xdg-user-dirs", nullable=True)
    locals().update({name: directory(below, doc) for name, (_, below, doc) in DIRECTORIES.items()})
    extraConfig = option(
        t.attrs_of(t.coerced_to(t.path, str, t.str)),
        default={},
        default_text="{ }",
        example={"MISC": "${config.home.homeDirectory}/Misc"},
        doc="Further directories; the name `MISC` stands for the variable `XDG_MISC_DIR`.",
    )
    createDirectories = option(
        t.bool, default=False, example=True, doc="Whether to enable automatic creation of the XDG user directories."
    )
    setSessionVariables = option(
        t.bool,
        default=lambda self: not self._state_at_least("26.05"),
        default_text='if lib.versionAtLeast config.home.stateVersion "26.05" then false else true\n',
        doc="Whether to set `XDG_DESKTOP_DIR` and the like for the session; programs had better read the file or ask "
        "`xdg-user-dir`. It is `true` for state versions before 26.05.",
    )
    renamed = (Renamed("publishShare", "publicShare"),)

    def _old_keys(self) -> list[str]:
        """Keys written as whole variables, which older state versions accept."""
        return (
            [] if self._state_at_least("26.05") else [key for key in sorted(self.extraConfig) if OLD_KEY.fullmatch(key)]
        )

    def _directories(self) -> dict[str, str]:
        known = {variable: getattr(self, name) for name, (variable, _, _) in DIRECTORIES.items()}
        found = {variable: path for variable, path in known.items() if path is not None}
        old = self._old_keys()
        for key, path in self.extraConfig.items():
            found[key[4:-4] if key in old else key] = path
        return dict(sorted(found.items()))

    def _variables(self) -> dict[str, str]:
        return {f"XDG_{name}_DIR": path for name, path in self._directories().items()}

    @warn
    def old_keys(self):
        for key in self._old_keys():
            yield (
                f"Using `xdg.userDirs.extraConfig` as keys like `{key}` is deprecated and will be\nremoved in a future "
                f"release. Please use keys like `{key[4:-4]}` instead.\n"
            )

    @config_file("user-dirs.dirs")
    def dirs(self):
        # The program that reads the file wants the quotes.
        return formats.keyvalue.render({name: f'"{path}"' for name, path in self._variables().items()})

    @config_file("user-dirs.conf")
    def conf(self):
        return "enabled=False"

    @defines("home.sessionVariables", when=setSessionVariables)
    def session_variables(self):
        return self._variables()

    @activation_step("createXdgUserDirectories", after="linkGeneration", when=createDirectories)
    def create(self):
        lines = [f'[[ -L "{path}" ]] || run mkdir -p $VERBOSE_ARG "{path}"' for path in self._directories().values()]
        return "\n".join(lines)
