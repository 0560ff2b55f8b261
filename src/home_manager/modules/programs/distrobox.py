from home_manager.authoring import *

FORMAT = formats.ini(duplicates=True)

ASSEMBLE = """\
set -e
PATH=/run/current-system/sw/bin:$PATH
wanted=%(config)s/containers.ini
known=%(config)s/prev_hash
hash=$(sha256sum "$wanted" | cut -d " " -f 1)
if [[ $hash != "$(cat "$known" 2> /dev/null)" ]]; then
  # What is left of an earlier start keeps containers from being made.
  rm -rf /tmp/storage-run-1000/containers /tmp/storage-run-1000/libpod/tmp
  %(assemble)s create --file "$wanted"
  printf '%%s\\n' "$hash" > "$known"
fi
"""


def setting(name, value):
    return f'{name}="{value}"' if isinstance(value, str) else f"{name}={formats.plain.to_string(value)}"


class Distrobox(Program):
    """distrobox, other distributions in containers"""

    platforms = ("linux",)

    package = Package("distrobox", nullable=True)
    enableSystemdUnit = option(
        t.bool,
        default=lambda self: bool(self.containers) and self.package is not None,
        default_text='"config.programs.distrobox.containers != { } && config.programs.distrobox.package != null"',
        example=False,
        doc="Whether a service makes the containers whenever `containers` has changed.",
    )
    settings = option(
        t.attrs_of(t.ini_atom(duplicates=True)),
        default={},
        example={"container_always_pull": "1", "container_manager": "docker", "non_interactive": "1"},
        doc="What distrobox.conf holds, see <https://distrobox.it/#configure-distrobox>.",
    )
    containers = Settings(
        FORMAT,
        file="distrobox/containers.ini",
        example={"tools": {"image": "fedora:42", "additional_packages": "git python3", "entry": True}},
        doc="The containers, see <https://distrobox.it/usage/distrobox-assemble/>.",
    )

    @check(when=enableSystemdUnit)
    def something_to_make(self):
        if not self.containers:
            yield "`programs.distrobox.enableSystemdUnit` needs `programs.distrobox.containers`."
        if self.package is None:
            yield "`programs.distrobox.enableSystemdUnit` needs a package in `programs.distrobox.package`."

    @config_file("distrobox/distrobox.conf", when=settings)
    def configuration(self):
        return formats.keyvalue.render(self.settings, mk_key_value=setting)

    unit = UserUnit(
        lambda self: str(self._made("writeShellScript", "distrobox-home-manager", self._script())),
        name="distrobox-home-manager",
        description="Build the containers declared in ~/.config/distrobox/containers.ini",
        wanted_by="default.target",
        when=lambda self: self.enableSystemdUnit and self.package is not None,
    )

    def _script(self):
        return ASSEMBLE % {
            "config": formats.shell.quote(f"{self['xdg.configHome']}/distrobox"),
            "assemble": f"{self.package}/bin/distrobox-assemble",
        }
