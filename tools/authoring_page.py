"""Writes docs/authoring.md: all types, formats and parts of the module language, with an example each (`make authoring-page`).

What a type is called in the documentation, and what a format writes, is asked of the code; the tests hold the page
against it and try each example. `--check` only compares.
"""

from __future__ import annotations

import argparse
import inspect
import sys
import textwrap
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

import home_manager.authoring as language
from home_manager.authoring import formats, t

PAGE = ROOT / "docs" / "authoring.md"

TYPES: dict[str, dict[str, Any]] = {
    "Switches and numbers": {
        "t.bool": True,
        "t.bool_by_or": True,
        "t.int": -3,
        "t.unsigned": 0,
        "t.positive": 12,
        "t.between(1, 10)": 5,
        "t.u8": 255,
        "t.u16": 8080,
        "t.u32": 65536,
        "t.s8": -128,
        "t.s16": -1,
        "t.s32": -1,
        "t.port": 6600,
        "t.float": 0.5,
        "t.number": 1.5,
        "t.number_nonnegative": 0,
        "t.number_positive": 0.1,
        "t.number_between(0, 1)": 0.5,
    },
    "Texts": {
        "t.str": "one definition",
        "t.non_empty_str": "a",
        "t.single_line_str": "one line",
        't.str_matching("#[0-9a-f]{6}")': "#00ff00",
        "t.lines": "definitions are\njoined as lines",
        "t.commas": "a,b",
        "t.env_var": "/usr/bin:/bin",
        't.separated_string(" ")': "-a -b",
        't.enum("left", "right")': "left",
    },
    "Paths and packages": {
        "t.path": "/etc/hosts",
        "t.path_in_store": "/nix/store/0c0cw3sf6ljl0xn1p1p7h9m9k3hz6d0v-file",
        "t.external_path": "/etc/hosts",
        "t.path_with(absolute=True)": "/etc/hosts",
        "t.package": ...,
        "t.shell_package": ...,
        "t.pkgs": ...,
    },
    "Of other types": {
        "t.list_of(t.str)": ["a", "b"],
        "t.non_empty_list_of(t.str)": ["a"],
        "t.attrs_of(t.int)": {"a": 1},
        "t.lazy_attrs_of(t.int)": {"a": 1},
        "t.null_or(t.str)": None,
        "t.either(t.int, t.str)": "a",
        "t.one_of(t.bool, t.int, t.str)": 1,
        "t.coerced_to(t.str, lambda text: [text], t.list_of(t.str))": "a",
        "t.narrowed(t.str, str.islower)": "a",
        't.described(t.str, "colour")': "red",
        't.recursive("nested list", lambda inner: t.either(t.str, t.list_of(inner)))': ["a", ["b"]],
        "t.uniq(t.str)": "a",
        "t.function_to(t.str)": ...,
        "t.dag_of(t.str)": {"a": "text"},
        't.attr_tag({"file": Option(t.path)})': {"file": "/etc/hosts"},
        "t.submodule(Theme)": {"colour": "red"},
        "t.submodule_with([Theme])": {"colour": "red"},
    },
    "Whole files": {
        "t.json": {"a": [1, None]},
        "t.toml": {"a": {"b": 1}},
        "t.yaml": {"a": [1]},
        "t.ini()": {"section": {"key": "value"}},
        "t.ini_section()": {"key": "value"},
        "t.ini_atom()": "value",
        "t.key_value()": {"key": 1},
        "t.git_ini()": {"user": {"name": "Alice"}},
        't.atom("INI atom")': 1,
        't.serializable("KDL")': {"a": [1]},
        "t.gvariant": True,
        "t.lua_inline": {"_type": "lua-inline", "expr": "1 + 1"},
    },
    "Seldom": {
        "t.font": {"name": "Inter"},
        "t.anything": {"a": 1},
        "t.attrs": {"a": 1},
        "t.raw": 1,
        "t.unspecified": 1,
        "t.option_type": ...,
        "t.selector_function": ...,
        "t.overlay_function": ...,
        "t.deferred_module": {},
        "t.deferred_module_with([])": {},
        "t.variant()": {},
    },
}
"""Expressions by subject, each with a value that it takes; `...` where that is no literal."""

FORMATS: dict[str, Any] = {
    "toml": {"a": {"b": 1}},
    "json": {"a": {"b": 1}},
    "yaml": {"a": {"b": 1}},
    "ini": {"section": {"key": "value"}},
    "git_ini": {"user": {"name": "Alice"}},
    "keyvalue": {"key": "value"},
    "flags": {"theme": "dark", "plain": True},
    "kdl": {"node": {"_args": [1]}},
    "lua": {"a": 1},
    "nushell": {"a": 1},
    "plist": {"a": 1},
    "xml": {"a": {"b": "c"}},
    "dhall": {"a": True},
    "hyprconf": {"general": {"gaps_in": 5}},
    "java_properties": {"key": "value"},
    "nix_conf": {"max-jobs": 4},
    "rasi": {"window": {"width": 20}},
    "scfg": [{"name": "output", "params": ["DP-1"]}],
    "systemd": {"Unit": {"Description": "a"}},
}
"""A value for each format whose `render` makes a file."""

PARTS = {
    "Package": """
class Delta(Program):
    \"\"\"delta, a viewer for differences\"\"\"

    package = Package("delta", nullable=True, wrap_path="extraPackages")
    extraPackages = option(t.list_of(t.package), default=[], doc="Packages whose programs delta finds.")
""",
    "Settings": """
class Broot(Program):
    \"\"\"broot, a file manager\"\"\"

    settings = Settings(
        formats.toml,
        file="broot/conf.toml",
        darwin=application_support("broot/conf.toml", unless_xdg=True),
        extra="extraConfig",
        example={"modal": True},
        doc="The settings of broot.",
    )
    extraConfig = option(t.lines, default="", doc="Lines after the settings.")
""",
    "Files": """
class Bottom(Program):
    \"\"\"bottom, a monitor\"\"\"

    themes = Files("bottom/themes/{name}.toml", formats.toml, doc="Themes by name: settings, texts or files.")
""",
    "ExtraText": """
class Wofi(Program):
    \"\"\"wofi, a launcher\"\"\"

    style = ExtraText(file="wofi/style.css", type=t.either(t.path, t.lines), doc="The style, as a text or a file.")
    profile = ExtraText(sink="programs.bash.profileExtra", doc="Lines for logins.")
""",
    "ShellIntegration": """
class Navi(Program):
    \"\"\"navi, a cheat sheet\"\"\"

    package = Package("navi")
    shells = ShellIntegration(
        hook="widget {shell}",
        nushell=lambda self: f"source {self._made('writeText', 'navi.nu', 'navi')}\\n",
    )
""",
    "Schedule": """
class Backup(Service):
    \"\"\"backup, which copies what changed\"\"\"

    package = Package("backup")
    frequency = Schedule("When copies are made", default="daily")
    timer = UserUnit(
        kind="timers",
        wanted_by="timers.target",
        section=lambda self: {"Timer": {"OnCalendar": self.frequency}},
    )
""",
    "UserUnit": """
class Mako(Service):
    \"\"\"mako, which shows notifications\"\"\"

    package = Package("mako")
    settings = Settings(formats.keyvalue, file="mako/config", doc="The settings of mako.")
    unit = UserUnit(
        lambda self: [exe(self.package), "--quiet"],
        description="Notifications",
        target="graphical-session.target",
        restart="on-failure",
        restarts_with=("settings",),
    )
""",
    "Variables": """
class Less(Program):
    \"\"\"less, a pager\"\"\"

    options = option(t.list_of(t.str), default=[], doc="Arguments of every run.")
    variables = Variables(PAGER="less", LESS=lambda self: " ".join(self.options), when=options)
""",
    "Renamed": """
class Eza(Program):
    \"\"\"eza, an ls\"\"\"

    icons = option(t.bool, default=False, doc="Whether there are icons.")
    old = (Renamed("enableIcons", "icons"), Removed("aliases", "Set aliases of your shell."))
""",
    "option": """
class Tmux(Program):
    \"\"\"tmux, a terminal multiplexer\"\"\"

    shortcut = option(t.str, default="b", example="a", doc="The key of the prefix, together with Ctrl.")
    socket = option(t.str, default=lambda self: self["home.homeDirectory"] + "/.tmux", default_text="~/.tmux", doc="…")
""",
    "group": """
class Signing(Options):
    \"\"\"Signatures.\"\"\"

    key = option(t.null_or(t.str), default=None, doc="The key.")


class Git(Program):
    \"\"\"git\"\"\"

    signing = group(Signing)
""",
    "defines": """
class Fzf(Program):
    \"\"\"fzf, a finder\"\"\"

    colours = option(t.attrs_of(t.str), default={}, doc="Colours by name.")

    @defines("home.sessionVariables", when=colours)
    def variables(self):
        yield {"FZF_DEFAULT_OPTS": default(" ".join(f"--color={key}:{value}" for key, value in self.colours.items()))}
""",
    "config_file": """
class Feh(Program):
    \"\"\"feh, an image viewer\"\"\"

    buttons = option(t.attrs_of(t.int), default={}, doc="Actions and the buttons for them.")

    @config_file("feh/buttons", when=buttons, onChange="true")
    def buttons_file(self):
        return "".join(f"{name} {button}\\n" for name, button in self.buttons.items())
""",
    "activation_step": """
class Bat(Program):
    \"\"\"bat, a cat\"\"\"

    package = Package("bat")

    @activation_step("batCache", after="linkGeneration")
    def cache(self):
        return formats.shell.script("run @bat@ cache --build", bat=exe(self.package))
""",
    "check": """
class Mpd(Service):
    \"\"\"mpd, a music player\"\"\"

    directory = option(t.null_or(t.str), default=None, doc="Where the music is.")

    @check
    def has_music(self):
        if self.directory is None:
            yield "services.mpd.directory has to be set."

    @warn
    def is_temporary(self):
        if self.directory and self.directory.startswith("/tmp"):
            yield "services.mpd.directory lies in /tmp, which is emptied."
""",
}
"""An example for each part; each is a module that a test makes."""

HEAD = """\
# The module language: types, formats and parts

Made by `make authoring-page` from the code and the examples in `tools/authoring_page.py`; a test tries every example.
How they go together says [modules.md](modules.md).

"""


def page() -> str:
    """The text of the page."""
    return HEAD + types_section() + formats_section() + parts_section() + names_section()


def types_section() -> str:
    out = ["## Types\n"]
    for subject, rows in TYPES.items():
        out += [f"### {subject}\n", "| Type | In the documentation | A value |", "| --- | --- | --- |"]
        for code, value in rows.items():
            described = made(code).describe().replace("\n", "\\n")
            shown = "" if value is ... else f"`{value!r}`"
            out.append(f"| `{code}` | {described} | {shown} |".replace("  |", " |"))
        out.append("")
    return "\n".join(out) + "\n"


def made(code: str) -> Any:
    """The type of an expression."""
    names = {each: getattr(language, each) for each in language.__all__}

    class Theme(language.Options):
        colour = language.option(t.str, doc="The colour.")

    return eval(code, {**names, "Theme": Theme, "Option": t.Option})


def formats_section() -> str:
    out = [
        "## Formats\n",
        "`formats.NAME.render(value)` is the text; those with a type have it as `formats.NAME.type`.\n",
    ]
    out += ["| Format | What it is | Type | A value | Its text |", "| --- | --- | --- | --- | --- |"]
    for name, value in FORMATS.items():
        each = getattr(formats, name)
        module = each._renderer() if isinstance(each, formats.Format) else each
        described = each.type.describe() if isinstance(each, formats.Format) else ""
        text = each.render(value).strip("\n").replace("\n", "⏎")
        first = inspect.getdoc(module).splitlines()[0].rstrip(".")
        out.append(f"| `{name}` | {first} | {described} | `{value!r}` | `{text}` |".replace("  |", " |"))
    return "\n".join(out) + "\n\n"


def parts_section() -> str:
    out = ["## Parts\n"]
    for name, code in PARTS.items():
        part = getattr(language, name)
        words = inspect.getdoc(part) or ""
        out += [f"### `{name}`\n", words, "", "```python", code.strip("\n"), "```", ""]
    return "\n".join(out) + "\n"


def names_section() -> str:
    """Everything else that the first line of a module brings."""
    out = ["## Further names\n", "| Name | What it is |", "| --- | --- |"]
    for name in sorted(set(language.__all__) - set(PARTS) - {"t", "formats", "Removed", "warn"}, key=str.lower):
        value = getattr(language, name)
        words = " ".join((inspect.getdoc(value) or "").partition("\n\n")[0].split())
        out.append(f"| `{name}` | {words} |")
    return "\n".join(out) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=textwrap.dedent(__doc__).splitlines()[0])
    parser.add_argument("--check", action="store_true")
    text = page()
    if parser.parse_args().check:
        return int(PAGE.read_text("utf-8") != text)
    PAGE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
