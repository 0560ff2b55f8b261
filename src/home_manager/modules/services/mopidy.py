"""`services.mopidy`."""

from home_manager.authoring import *

VALUE = t.described(t.null_or(t.one_of(t.bool, t.float, t.int, t.str, t.list_of(t.anything))), "Mopidy config value")


def value_text(value):
    """A value as Mopidy's parser takes it: a list has a line for each element."""
    return "\n  " + "\n  ".join(value) if isinstance(value, list) else formats.plain.value_string(value)


class Mopidy(Service):
    """Mopidy, a music player daemon with extensions"""

    extensionPackages = option(
        t.list_of(t.package),
        default=[],
        example=literal("with pkgs; [ mopidy-spotify mopidy-mpd mopidy-mpris ]"),
        doc="Extensions that are loaded.",
    )
    settings = option(
        t.attrs_of(t.attrs_of(VALUE)),
        default={},
        doc="The configuration, see <https://docs.mopidy.com/en/latest/config/>. It lies in the store, where others may read it: "
        "secrets belong into `extraConfigFiles`.",
    )
    extraConfigFiles = option(
        t.list_of(t.path),
        default=[],
        doc="Further files of configuration, read when the service starts; later ones win.",
    )
    daemon = UserUnit(
        lambda self: self._command(),
        description="mopidy music player daemon",
        after=["network.target", "sound.target"],
        wanted_by="default.target",
        restart="on-failure",
        unit=lambda self: {
            "Documentation": ["https://mopidy.com/"],
            **({"X-Restart-Triggers": [str(self._conf())]} if self.settings else {}),
        },
    )
    scan = UserUnit(
        lambda self: f"{self._command()} local scan",
        name="mopidy-scan",
        description="mopidy local files scanner",
        after=["network.target", "sound.target"],
        wanted_by="default.target",
        unit={"Documentation": ["https://mopidy.com/"]},
        service={"Type": "oneshot"},
        when=lambda self: str(self.pkgs["mopidy-local"]) in map(str, self.extensionPackages),
    )

    def _command(self):
        files = [f"{self['xdg.configHome']}/mopidy/mopidy.conf", *map(str, self.extraConfigFiles)]
        return f"{self._with_extensions()}/bin/mopidy --config {':'.join(files)}"

    def _with_extensions(self):
        mopidy, python = self.pkgs["mopidy"], self.pkgs["python3"]
        modules = computed(python["sitePackages"])
        return self._made(
            "buildEnv",
            {
                "name": f"mopidy-with-extensions-{computed(mopidy['version'])}",
                "paths": self._made(self.pkgs["lib"]["closePropagation"], self.extensionPackages),
                "pathsToLink": [f"/{modules}"],
                "nativeBuildInputs": [self.pkgs["makeWrapper"]],
                "ignoreCollisions": True,
                "postBuild": f"makeWrapper {mopidy}/bin/mopidy $out/bin/mopidy --prefix PYTHONPATH : $out/{modules}\n",
            },
        )

    def _conf(self):
        line = formats.plain.key_value(" = ", value_text)
        text = formats.ini.render(self.settings, mk_key_value=line)
        return self._made("writeText", f"mopidy-{self['home.username']}", text)

    @defines("xdg.configFile")
    def configuration(self):
        return {"mopidy/mopidy.conf": {"source": self._conf()}}
