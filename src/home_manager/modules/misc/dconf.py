"""`dconf`: settings in the databases of dconf, which GNOME and GTK programs read."""

import json
from collections.abc import Iterator
from typing import Any

from home_manager.authoring import *

KEYS = t.attrs_of(t.attrs_of(t.gvariant))


def keys_of(settings) -> str:
    """The keys of a database, as they are kept with a generation: the next one resets those that it does not set."""
    keys = [f"/{directory}/{key}" for directory, entries in sorted(settings.items()) for key in sorted(entries)]
    return json.dumps(keys, separators=(",", ":"), ensure_ascii=False)


class Dconf(Module):
    """dconf"""

    namespace = "dconf"
    by_mention = True

    enable = option(
        t.bool,
        default=lambda self: not self._is_on("darwin"),
        default_text="true",
        visible=False,
        doc="Whether to write settings of dconf. On NixOS the system has to enable dconf, too.",
    )
    settings = option(
        KEYS,
        default={},
        example=literal(
            "{\n"
            '  "org/gnome/calculator" = {\n'
            '    button-mode = "programming";\n'
            "    show-thousands = true;\n"
            "    base = 10;\n"
            "    word-size = 64;\n"
            "    window-position = lib.hm.gvariant.mkTuple [100 100];\n"
            "  };\n"
            "}\n"
        ),
        doc="Settings of the user's database. Their types have to be those of the schema: a whole number is an `int32`, for "
        "others use the functions of `lib.hm.gvariant`.",
    )
    databases = option(
        t.attrs_of(KEYS), default={}, doc="Settings of further databases of the user, by name; see `dconf.settings`."
    )

    def _databases(self) -> list[tuple[str, Any]]:
        """Each database with the ending of its names here; that of the user's own is empty."""
        own = [("", self.settings)] if self.settings else []
        return own + [(f"-{name}", settings) for name, settings in sorted(self.databases.items())]

    def _keys(self, ending: str, settings) -> tuple[str, Any]:
        name = f"dconf-keys{ending}.json"
        return name, self._made("writeText", name, keys_of(settings))

    @defines("xdg.configFile", when=lambda self: self.enable and self._databases())
    def directory_exists(self):
        return {"dconf/.keep": {"source": self._made("writeText", "keep", "")}}

    @defines("home.extraBuilderCommands", when=lambda self: self.enable and self._databases())
    def state(self):
        files = [self._keys(ending, settings) for ending, settings in self._databases()]
        return "mkdir -p $out/state/\n" + "".join(f"ln -s {file} $out/state/{name}\n" for name, file in files)

    @activation_step("dconfSettings", after="installPackages", when=lambda self: self.enable and self._databases())
    def load(self):
        text = "".join(part for ending, settings in self._databases() for part in self._load(ending, settings))
        return text

    def _load(self, ending: str, settings) -> Iterator[str]:
        dconf, bus, jq = self.pkgs["dconf"], self.pkgs["dbus"], self.pkgs["jq"]
        file = self._made("writeText", "hm-dconf.ini", formats.gvariant.render(settings))
        database = ""
        if ending:
            profile = self._made("writeText", f"dconf-profile{ending}", f"user-db:{ending[1:]}\n")
            database = f"env DCONF_PROFILE={profile}"
        keys = f"state/dconf-keys{ending}.json"
        yield (
            "if [[ -v DBUS_SESSION_BUS_ADDRESS ]]; then\n"
            f'  DCONF_DBUS_RUN_SESSION="{database}"\n'
            "else\n"
            f'  DCONF_DBUS_RUN_SESSION="{bus}/bin/dbus-run-session --dbus-daemon={bus}/bin/dbus-daemon {database}"\n'
            "fi\n"
        )
        # What the last generation set, and this one does not, goes back to its default.
        yield (
            f'if [[ -v oldGenPath && -f "$oldGenPath/{keys}" ]]; then\n'
            f'  {jq}/bin/jq -r -n --slurpfile old "$oldGenPath/{keys}" --slurpfile new "$newGenPath/{keys}" '
            "'($old[] - $new[])[]' | while read -r key; do\n"
            '    verboseEcho "Resetting dconf key \\"$key\\""\n'
            f'    run $DCONF_DBUS_RUN_SESSION {dconf}/bin/dconf reset "$key"\n'
            "  done\n"
            "fi\n"
        )
        yield f"run $DCONF_DBUS_RUN_SESSION {dconf}/bin/dconf load / < {file}\nunset DCONF_DBUS_RUN_SESSION\n"
