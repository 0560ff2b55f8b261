"""`xdg.mimeApps`: which application opens what."""

from typing import Any

from home_manager.authoring import *


def as_list(value) -> list[Any]:
    return value if isinstance(value, list) else [value]


NAMES = t.attrs_of(t.coerced_to(t.either(t.list_of(t.str), t.str), as_list, t.list_of(t.str)))


class Associations(Options):
    """What applications can open."""

    added = option(
        NAMES,
        default={},
        example={"mimetype1": ["foo1.desktop", "foo2.desktop", "foo3.desktop"], "mimetype2": "foo4.desktop"},
        doc="Applications that can open a type although their desktop files do not say so.",
    )
    removed = option(
        NAMES,
        default={},
        example={"mimetype1": "foo5.desktop"},
        doc="Applications that shall not open a type, whatever they say.",
    )


class MimeApps(Program):
    """the choice of applications for MIME types"""

    namespace = "xdg.mimeApps"
    platforms = ("linux",)

    enable = option(
        t.bool, default=False, doc="Whether to make `$XDG_CONFIG_HOME/mimeapps.list`, which cannot be written to then."
    )
    associations = group(Associations)
    defaultApplications = option(
        NAMES,
        default={},
        example={"mimetype1": ["default1.desktop", "default2.desktop"]},
        doc="The applications that open a type; the first one that is installed.",
    )
    defaultApplicationPackages = option(
        t.list_of(t.package),
        default=[],
        doc="Packages whose applications become default for all types that their desktop files name, after those of "
        "`xdg.mimeApps.defaultApplications` and in the order of the list.",
    )

    def _list(self):
        def joined(names) -> dict[str, str]:
            return {kind: ";".join(each) for kind, each in names.items()}

        text = formats.ini.render(
            {
                "Added Associations": joined(self.associations.added),
                "Removed Associations": joined(self.associations.removed),
                "Default Applications": joined(self.defaultApplications),
            }
        )
        file = self._made("writeText", "mimeapps.list", text)
        return self._with_packages(file) if self.defaultApplicationPackages else file

    def _with_packages(self, file):
        """The file with what the desktop files of packages say about themselves."""
        script = formats.shell.script(
            """
            install -m644 @file@ $out
            for package in @packages@; do
              for entry in "$package"/share/applications/*.desktop; do
                types=$(@crudini@ --get "$entry" "Desktop Entry" MimeType 2>/dev/null || true)
                for type in ${types//;/ }; do
                  before=$(@crudini@ --get $out "Default Applications" "$type" 2>/dev/null || true)
                  @edit@ --set $out "Default Applications" "$type" "$before${before:+;}${entry##*/}"
                done
              done
            done
            """,
            file=file,
            packages=self.defaultApplicationPackages,
            crudini=(crudini := f"{self.pkgs['crudini']}/bin/crudini"),
            edit=[crudini, "--ini-options=nospace", "--inplace"],
        )
        return self._made("runCommand", "mimeapps.list", {}, script)

    @defines("xdg.configFile")
    def new_place(self):
        return {"mimeapps.list": {"source": self._list()}}

    @defines("xdg.dataFile")
    def old_place(self):
        return {"applications/mimeapps.list": {"source": self["xdg.configFile"]["mimeapps.list"].source}}
