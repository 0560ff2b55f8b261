"""`xfconf`: settings of Xfce and its programs."""

from collections.abc import Iterator

from home_manager.authoring import *

KINDS = {bool: "bool", int: "int", float: "double", str: "string"}
"""How xfconf calls the types of values."""


class Number(Options):
    """A whole number of a type that is named."""

    type = option(
        t.enum("int", "uint", "uint64"),
        visible=False,
        doc="The type of the number. A number that is given alone is an `int`.",
    )
    value = option(t.int, visible=False, doc="The number.")


# The submodule stands last: the others would take a text for the path of a module.
VALUE = t.null_or(t.one_of(t.bool, t.int, t.float, t.str, t.submodule(Number)))


def words(value) -> Iterator[str]:
    """A value as arguments of `xfconf-query`."""
    if isinstance(value, list):
        yield "-a"
        for each in value:
            yield from words(each)
    elif isinstance(value, dict):
        yield from ("-t", value["type"], "-s", str(value["value"]))
    elif isinstance(value, bool):
        yield from ("-t", "bool", "-s", "true" if value else "false")
    else:
        yield from ("-t", KINDS[type(value)], "-s", formats.plain.to_string(value))


class Xfconf(Module):
    """xfconf"""

    namespace = "xfconf"
    by_mention = True

    enable = option(
        t.bool,
        default=True,
        visible=False,
        doc="Whether to write settings of Xfconf. On NixOS the system has to enable Xfconf, too.",
    )
    settings = option(
        t.described(t.attrs_of(t.attrs_of(t.either(VALUE, t.list_of(VALUE)))), "xfconf settings"),
        default={},
        example=literal(
            "{\n"
            "  xfce4-session = {\n"
            '    "startup/ssh-agent/enabled" = false;\n'
            '    "general/LockCommand" = "${pkgs.lightdm}/bin/dm-tool lock";\n'
            "  };\n"
            "  xfce4-desktop = {\n"
            '    "backdrop/screen0/monitorLVDS-1/workspace0/last-image" =\n'
            '      "${pkgs.nixos-artwork.wallpapers.stripes-logo.gnomeFilePath}";\n'
            "  };\n"
            "}\n"
        ),
        doc="The properties of each channel; `null` resets one.",
    )

    def _commands(self) -> Iterator[str]:
        query = f"{self.pkgs['xfconf']}/bin/xfconf-query"
        for channel, properties in sorted(self.settings.items()):
            for name, value in sorted(properties.items()):
                change = ["-r"] if value is None else ["-n", *words(value)]
                yield formats.shell.script("@command@\n", command=[query, "-c", channel, "-p", f"/{name}", *change])

    @check
    def only_on_linux(self):
        if self.enable and self.settings and not self._is_on("linux"):
            yield "xfconf only works on Linux; remove xfconf.settings."

    @activation_step("xfconfSettings", after="installPackages", when=lambda self: self.enable and self.settings)
    def load(self):
        # One session for all, where there is none: each command alone would start the daemon anew.
        return formats.shell.script(
            """
            xfconfSession=()
            if [[ ! -v DBUS_SESSION_BUS_ADDRESS ]]; then
              xfconfSession=(@session@)
            fi
            run "${xfconfSession[@]}" @load@
            unset xfconfSession
            """,
            session=[f"{self.pkgs['dbus']}/bin/dbus-run-session", f"--dbus-daemon={self.pkgs['dbus']}/bin/dbus-daemon"],
            load=str(self._made("writeShellScript", "load-xfconf", "".join(self._commands()))),
        )
