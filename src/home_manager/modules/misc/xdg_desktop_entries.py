"""`xdg.desktopEntries`: entries in the menu of applications."""

from typing import Any

from home_manager.authoring import *


def optional(type_, doc: str, **more):
    return option(t.null_or(type_), **{"default": None, **more}, doc=doc)


class Action(Options):
    """A further thing that an entry offers."""

    name = option(t.str, default=lambda self: self._name, default_text="<name>", doc="What the menu shows.")
    exec = optional(t.str, "The program to run, with its arguments.")
    icon = optional(t.either(t.str, t.path), "The icon.")


class Entry(Options):
    """An entry of the menu."""

    type = option(t.enum("Application", "Link", "Directory"), default="Application", doc="What the entry stands for.")
    exec = optional(t.str, "The program to run, with its arguments.")
    icon = optional(t.either(t.str, t.path), "The icon, as a name or a path.")
    comment = optional(t.str, "A sentence about the application.")
    terminal = optional(t.bool, "Whether the program runs in a terminal.", default=False)
    name = option(t.str, doc="The name that the menu shows.")
    genericName = optional(t.str, "What kind of application it is, in a word or two.")
    mimeType = optional(t.list_of(t.str), "The MIME types that the application can open.")
    categories = optional(t.list_of(t.str), "The categories in which the menu shows the entry.")
    startupNotify = optional(
        t.bool,
        "Whether the program tells when it has started, as asked by `DESKTOP_STARTUP_ID`; `false` says that it never does.",
    )
    noDisplay = optional(t.bool, "Whether the menu leaves the entry out, which then only tells what opens a type.")
    prefersNonDefaultGPU = optional(t.bool, "Whether the program wants the stronger graphics card where there are two.")
    settings = option(
        t.attrs_of(t.str),
        default={},
        example={"Keywords": "calc;math", "DBusActivatable": "false"},
        doc="Further lines of the section `Desktop Entry`; they go before the others.",
    )
    actions = option(
        t.attrs_of(t.submodule(Action)),
        default={},
        default_text="{ }",
        example=literal('{\n  "New Window" = {\n    exec = "${pkgs.firefox}/bin/firefox --new-window %u";\n  };\n}\n'),
        doc="Further things that the entry offers.",
    )
    assertions = option(t.list_of(t.unspecified), default=[], visible=False, internal=True, doc="What must hold.")
    removed = (
        Removed(
            "extraConfig",
            "The `extraConfig` option of `xdg.desktopEntries` has been removed following a change in Nixpkgs.",
        ),
        Removed("fileValidation", "Validation of the desktop file is always enabled."),
    )


class DesktopEntries(Module):
    """Entries in the menu of applications"""

    namespace = "xdg"
    by_mention = True

    desktopEntries = option(
        t.attrs_of(t.submodule(Entry)),
        default={},
        example={
            "firefox": {
                "name": "Firefox",
                "genericName": "Web Browser",
                "exec": "firefox %U",
                "terminal": False,
                "categories": ["Network", "WebBrowser"],
                "mimeType": ["text/html", "text/xml"],
            }
        },
        doc="Entries for the menu of applications; they replace entries of the same name that packages have.",
    )

    @check
    def platform(self):
        if self.desktopEntries and not self._is_on("linux"):
            yield "The module xdg.desktopEntries does not support your platform; it needs linux."

    @defines("assertions")
    def of_entries(self):
        return [each for entry in self.desktopEntries.values() for each in entry.assertions]

    @defines("home.packages")
    def files(self):
        return [self._file_of(name, entry) for name, entry in sorted(self.desktopEntries.items())]

    def _file_of(self, name: str, entry):
        same = (
            "type",
            "exec",
            "icon",
            "comment",
            "terminal",
            "genericName",
            "startupNotify",
            "noDisplay",
            "prefersNonDefaultGPU",
        )
        made = self._made(
            "makeDesktopItem",
            {
                "name": name,
                "desktopName": entry["name"],
                "mimeTypes": entry.mimeType or [],
                "categories": entry.categories or [],
                "extraConfig": entry.settings,
                "actions": {
                    key: {"name": each["name"], "exec": each.exec, "icon": each.icon}
                    for key, each in sorted(entry.actions.items())
                },
                **{key: entry[key] for key in same},
            },
        )
        # It has to win over the entry that a package brings.
        return high_priority(made)


def high_priority(package):
    """The package, preferred where another one has the same file."""
    meta: Any = computed(package["meta"])
    return {**package, "meta": {**meta, "priority": -10}}
