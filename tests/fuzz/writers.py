"""Writers and the programs that read what they wrote: each must find the values that were given, however hostile.

A writer makes a text of words (or of a mapping of words to words); its reader is the real program, which gives back what
it understood. What a format has no way to hold is left out by the writer's own `holds`, and nothing else is.
"""

from __future__ import annotations

import json
import os
import plistlib
import random
import re
import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from configparser import RawConfigParser
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from home_manager import formats
from home_manager.modules.core.systemd import one_value
from home_manager.modules.programs.ssh.rendering import directive

HOSTILE = (
    "", " ", "  two  ", "a b", "\t", "a\tb", "\n", "a\nb", "\n\n", "a\n", "\r", "a\rb", "'", "''", '"', '""', "it's",
    '"quoted"', "\\", "\\\\", "\\n", "\\'", '\\"', "end\\", "end\\\\", "a\\\nb", "$HOME", "${HOME}", "$(touch /x)", "`touch /x`",
    "$", "$$", "%", "%h", "%%", "!", "!!", "#", "# no comment", "a # b", ";", "a;b", "&", "&&", "|", "<", ">", "(", ")", "[", "]",
    "[section]", "{", "}", "*", "?", "~", "~/x", "-", "--", "-n", "--option=x", "=", "a=b", ":", "a: b", ",", "@", "^", "null",
    "true", "no", "1", "1.0", "1e3", "0x1", ".inf", "2026-01-01", "\x01", "\x1b[31mred\x1b[0m", "\x7f", "é", "日本語", "😀",
    "\u2028",
    "\ufeff", "\x85", "'; touch /x; '", '"; touch /x; "', "$'\\n'", "EOF", "*/", "//", "--[[", "]]",
    "x" * 5000, "a" * 70 + " " + "b" * 70,
)  # fmt: skip
"""Words that some format takes for something else."""

PIECES = (
    *" \t\n\r'\"\\$`!#%&*()[]{}<>|;:,.=+-~^?@/",
    "a",
    "B",
    "7",
    "é",
    "😀",
    "\x1b",
    "\x01",
    "${x}",
    "$(x)",
    "\\n",
    "\\u",
)


def word(choose: random.Random) -> str:
    """A hostile word: a known one, or pieces that mean something somewhere."""
    if choose.random() < 0.4:
        return choose.choice(HOSTILE)
    return "".join(choose.choice(PIECES) for _ in range(choose.randrange(12)))


@dataclass(frozen=True, slots=True)
class Writer:
    """A way to write values, and how they are read back. `programs` must be installed; `keys` says that keys vary too."""

    name: str
    write: Callable[[list[str]], str]
    read: Callable[[str, int], list[str]]
    programs: tuple[str, ...] = ()
    holds: Callable[[str], bool] = lambda text: True

    def missing(self) -> list[str]:
        return [name for name in self.programs if not find(name)]


def find(name: str) -> str:
    """A program, where it is installed, or where the environment says (`HOME_MANAGER_TEST_NU`)."""
    given = os.environ.get(f"HOME_MANAGER_TEST_{name.upper()}", "")
    if given:
        return given
    return shutil.which(name) or ""


def run(words: list[str], text: str = "", **more: str) -> str:
    with tempfile.TemporaryDirectory() as home:
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": home, **more}
        data = text.encode("utf-8")
        done = subprocess.run(words, input=data, capture_output=True, env=environment, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("utf-8")


# Shells: a script that prints each word, with a null byte after it


def _prints(quote: Callable[[str], str]) -> Callable[[list[str]], str]:
    return lambda words: "".join(f"printf '%s\\0' {quote(each)}\n" for each in words)


def _shell(*command: str) -> Callable[[str, int], list[str]]:
    def read(text: str, count: int) -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "script")
            path.write_text(text, encoding="utf-8", newline="")
            return run([*command, str(path)]).split("\0")[:-1]

    return read


def _fish_words(words: list[str]) -> str:
    return "".join(f"printf '%s\\0' {formats.fish.quote(each)}\n" for each in words)


def _fish_double(words: list[str]) -> str:
    return "".join(f"printf '%s\\0' {formats.fish.in_double_quotes(each)}\n" for each in words)


def _fish_indented(words: list[str]) -> str:
    return "begin\n" + formats.fish.indent(_fish_words(words)) + "end\n"


def _fish_indented_double(words: list[str]) -> str:
    return "begin\n" + formats.fish.indent(_fish_double(words)) + "end\n"


def _bash_array(words: list[str]) -> str:
    return formats.shell.variable("words", list(words)) + '\nprintf "%s\\0" "${words[@]}"\n'


def _bash_map(words: list[str]) -> str:
    # A key of bash's arrays cannot be empty; the values are those that are looked at, each by its key.
    made = formats.shell.variable("words", {f"k{each}": each for each in words})
    lines = [f"key={formats.shell.quote('k' + each)}; printf '%s\\0' \"${{words[$key]}}\"\n" for each in words]
    return made + "\n" + "".join(lines)


def _zsh_values(words: list[str]) -> str:
    return "".join(f"{formats.zsh.define('a', each)}\nprintf '%s\\0' \"$a\"\n" for each in words)


def _zsh_array(words: list[str]) -> str:
    return f"{formats.zsh.define('words', list(words))}\nprintf '%s\\0' \"${{words[@]}}\"\n"


def _aliases(words: list[str]) -> str:
    commands = ["printf '%s\\0' " + formats.shell.quote(each) for each in words]
    lines = [f"alias -- a{n}={formats.shell.quote(each)}" for n, each in enumerate(commands)]
    return "\n".join(("shopt -s expand_aliases", *lines, *(f"eval a{n}" for n in range(len(words))), ""))


# Files


def _keys(words: list[str]) -> dict[str, str]:
    return {f"k{number}": each for number, each in enumerate(words)}


def _values(found: Mapping[str, object]) -> list[str]:
    return [str(found[f"k{number}"]) for number in range(len(found))]


def _both(words: list[str]) -> dict[str, str]:
    """Every word as a value, and as a key."""
    return {f"{number} {each}": each for number, each in enumerate(words)}


def _in_order(found: Mapping[str, object]) -> list[str]:
    pairs = sorted((int(key.partition(" ")[0]), key.partition(" ")[2], value) for key, value in found.items())
    assert all(key == value for _, key, value in pairs)
    return [str(value) for _, _, value in pairs]


def _yaml(text: str, count: int) -> list[str]:
    from ruamel.yaml import YAML

    return _in_order(YAML(typ="safe", pure=True).load(StringIO(text)))


def _xml(text: str, count: int) -> list[str]:
    from xml.etree import ElementTree

    found = [(each.get("a"), each.text or "") for each in ElementTree.fromstring(text)]
    assert all(one == other for one, other in found)
    return [text for _, text in found]


def _is_xml(text: str) -> bool:
    """Whether XML can hold a text: it has no control characters, not even by number."""
    return not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", text)


def _ini(text: str, count: int) -> list[str]:
    parser = RawConfigParser(delimiters=("=",), comment_prefixes=(), strict=False, empty_lines_in_values=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    return _values(dict(parser["section"]))


def _is_plain_line(text: str) -> bool:
    return not re.search(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", text) and text == text.strip()


def _git(words: list[str]) -> str:
    return formats.git_ini.render(
        {"section": _keys(words), "url": {f"{n} {w}": {"insteadOf": w} for n, w in enumerate(words) if "\n" not in w}}
    )


def _read_git(text: str, count: int) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "config")
        path.write_text(text, encoding="utf-8", newline="")
        listed = run(["git", "config", "--file", str(path), "--null", "--list"])
    found: dict[str, str] = {}
    for entry in listed.split("\0")[:-1]:
        key, _, value = entry.partition("\n")
        if key.startswith("url."):
            name = key.removeprefix("url.").removesuffix(".insteadof")
            assert name.partition(" ")[2] == value
        else:
            found[key.removeprefix("section.")] = value
    return _values(found)


def _nu(text: str, count: int) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.nu")
        path.write_text(f"{text} | to json --raw", encoding="utf-8", newline="")
        return _in_order(json.loads(run([find("nu"), "--no-config-file", str(path)], HOME=folder)))


def _nu_members(words: list[str]) -> str:
    lines = [f"$env.config.{formats.nushell.member('m' + each)} = {formats.nushell.render(each)}" for each in words]
    gets = ", ".join(f"$env.config.{formats.nushell.member('m' + each)}" for each in words)
    return "$env.config = {}\n" + "\n".join(lines) + f"\n[{gets}]"


def _read_nu_members(text: str, count: int) -> list[str]:
    # Nushell checks what is assigned to its own settings, so another record stands in for them.
    text = text.replace("$env.config = {}", "mut settings = {}").replace("$env.config.", "$settings.")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.nu")
        path.write_text(f"{text} | to json --raw", encoding="utf-8", newline="")
        return [str(each) for each in json.loads(run([find("nu"), "--no-config-file", str(path)], HOME=folder))]


def _lua(text: str, count: int) -> list[str]:
    program = f"local t = {text}\nfor i = 0, {count - 1} do io.write(t['k' .. i], '\\0') end\n"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.lua")
        path.write_text(program, encoding="utf-8", newline="")
        return run([find("lua5.4"), str(path)]).split("\0")[:-1]


GENERATOR = "/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator"


def _environment_d(words: list[str]) -> str:
    return "".join(f"K{number}={one_value(each)}\n" for number, each in enumerate(words))


def _read_environment_d(text: str, count: int) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "environment.d").mkdir()
        Path(folder, "environment.d/10.conf").write_text(text, encoding="utf-8", newline="")
        shown = run([GENERATOR], XDG_CONFIG_HOME=folder)
    # It prints assignments as systemd itself reads them: in quotes with the escapes of C, where that is needed.
    found = {}
    for line in shown.splitlines():
        name, _, value = line.partition("=")
        if value.startswith('"'):
            value = re.sub(r"\\(.)", lambda each: {"n": "\n", "t": "\t"}.get(each[1], each[1]), value[1:-1])
        found[name.lower()] = value
    return [found.get(f"k{number}", "") for number in range(count)]


def _unit(words: list[str]) -> str:
    service = {"Type": "oneshot", "ExecStart": "/bin/true", "Environment": [f"K{n}={w}" for n, w in enumerate(words)]}
    return formats.systemd.render({"Unit": {"Description": "x"}, "Service": service})


def _read_unit(text: str, count: int) -> list[str]:
    """What systemd says of a unit; it shows no values, so those are read from it by its own rules of quoting."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.service")
        path.write_text(text, encoding="utf-8", newline="")
        words = ["systemd-analyze", "verify", "--user", "--man=no", "--recursive-errors=no", str(path)]
        environment = {"PATH": os.environ["PATH"], "HOME": folder, "XDG_RUNTIME_DIR": folder, "LC_ALL": "C.UTF-8"}
        done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60, env=environment)
    assert "Failed to" not in done.stderr, done.stderr
    assert "x.service:" not in done.stderr, done.stderr
    found = {}
    for line in text.splitlines():
        if line.startswith("Environment="):
            value = line.removeprefix("Environment=")
            if value.startswith('"'):
                value = value[1:-1].replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\")
            name, _, rest = value.partition("=")
            found[name.lower()] = rest
    return _values(found)


def _ssh(words: list[str]) -> str:
    return "Host *\n" + "".join(directive("IdentityFile", f"/k{n}/{w}") + "\n" for n, w in enumerate(words))


def _read_ssh(text: str, count: int) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "config")
        path.write_text(text, encoding="utf-8", newline="")
        shown = run([find("ssh"), "-G", "-F", str(path), "host"])
    lines = [line.partition(" ")[2] for line in shown.splitlines() if line.startswith("identityfile ")]
    return [line.split("/", 2)[2] for line in lines]


def _desktop(words: list[str]) -> str:
    from home_manager.packages.build_functions import desktop_item
    from home_manager.packages.builders import Builders
    from home_manager.store import Recipes, Text
    from home_manager.values import Attrs

    recipes = Recipes("/store")
    make = Builders(recipes, "x86_64-linux", lambda: "/bin/sh", str)
    entry = {
        "name": "x",
        "desktopName": "x",
        "exec": "true",
        "extraConfig": Attrs({f"X-K{number}": each for number, each in enumerate(words)}),
    }
    recipe = recipes.get(str(desktop_item(make, entry)))
    assert isinstance(recipe, Text)
    return recipe.text


def _read_desktop(text: str, count: int) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.desktop")
        # Older validators do not know the version of the specification that nixpkgs names.
        path.write_text(text.replace("\nVersion=1.5\n", "\nVersion=1.0\n"), encoding="utf-8", newline="")
        run([find("desktop-file-validate"), str(path)])
    parser = RawConfigParser(delimiters=("=",), comment_prefixes=("#",), strict=True, empty_lines_in_values=False)
    parser.read_string(text)
    assert parser.sections() == ["Desktop Entry"]
    found = {key.removeprefix("x-"): value for key, value in parser["Desktop Entry"].items() if key.startswith("x-k")}
    return [each.replace("\\n", "\n").replace("\\r", "\r") for each in _values(found)]


WRITERS = (
    Writer("sh", _prints(formats.shell.quote), _shell("sh")),
    Writer("bash", _prints(formats.shell.quote), _shell("bash"), ("bash",)),
    Writer("bash array", _bash_array, _shell("bash"), ("bash",)),
    Writer("bash map", _bash_map, _shell("bash"), ("bash",)),
    Writer("bash alias", _aliases, _shell("bash"), ("bash",), lambda text: "\n" not in text),
    Writer("zsh", _prints(formats.shell.quote), _shell("zsh", "-f"), ("zsh",)),
    # Variables in values are expanded, as they shall be.
    Writer("zsh, values", _zsh_values, _shell("zsh", "-f"), ("zsh",), lambda text: "$" not in text),
    Writer("zsh, array", _zsh_array, _shell("zsh", "-f"), ("zsh",)),
    Writer("fish", _fish_words, _shell("fish", "--no-config"), ("fish",)),
    Writer("fish, in double quotes", _fish_double, _shell("fish", "--no-config"), ("fish",)),
    Writer("fish, indented", _fish_indented, _shell("fish", "--no-config"), ("fish",)),
    Writer("fish, indented, in double quotes", _fish_indented_double, _shell("fish", "--no-config"), ("fish",)),
    Writer("TOML", lambda words: formats.toml.render(_both(words)), lambda t, n: _in_order(tomllib.loads(t))),
    Writer("JSON", lambda words: formats.json.render(_both(words)), lambda t, n: _in_order(json.loads(t))),
    Writer("YAML", lambda words: formats.yaml.render(_both(words)), _yaml),
    Writer("YAML 1.2", lambda words: formats.yaml.render(_both(words), version="1.2"), _yaml),
    Writer(
        "plist",
        lambda words: formats.plist.render(_both(words)),
        lambda t, n: _in_order(plistlib.loads(t.encode())),
        # XML has no control characters, and reads each line end as one.
        holds=lambda text: not re.search(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]", text),
    ),
    Writer(
        "XML",
        lambda words: formats.xml.render({"root": {"e": [{"@a": each, "#text": each} for each in words]}}),
        _xml,
        holds=_is_xml,
    ),
    Writer("INI", lambda words: formats.ini.render({"section": _keys(words)}), _ini, holds=_is_plain_line),
    Writer("git", _git, _read_git, ("git",)),
    Writer("Nushell", lambda words: formats.nushell.render(_both(words)), _nu, ("nu",)),
    Writer("Nushell, settings", _nu_members, _read_nu_members, ("nu",)),
    Writer("Lua", lambda words: formats.lua.render(_keys(words)), _lua, ("lua5.4",)),
    Writer(
        "environment.d",
        _environment_d,
        _read_environment_d,
        (GENERATOR,),
        # What stands on one line is in the user's hands: there systemd expands variables and takes quotes off.
        lambda text: (
            not re.search(r"[\\'\"$`\r\x00-\x08\x0b-\x1f\x7f]", text) and (text == text.strip() or "\n" in text)
        ),
    ),
    Writer(
        "unit",
        _unit,
        _read_unit,
        ("systemd-analyze",),
        # One line may hold several assignments, quotes, escapes and specifiers, which are the user's.
        lambda text: (
            not re.search(r"[\\'\"%\r\x00-\x08\x0b-\x1f\x7f\x85\u2028]", text)
            and text == text.strip()
            and not (text.split()[1:] and all("=" in each for each in text.split()[1:]))
        ),
    ),
    Writer(
        "desktop entry",
        _desktop,
        _read_desktop,
        ("desktop-file-validate",),
        # Escapes are the user's own, and spaces around a value do not count.
        lambda text: (
            "\\" not in text
            and text == text.strip()
            and not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028]", text)
        ),
    ),
    Writer(
        "ssh",
        _ssh,
        _read_ssh,
        ("ssh",),
        # Tokens and variables are expanded, and a quote has no escape in older releases.
        lambda text: not re.search(r"[\"'\\%$\n\r\x00-\x1f]", text) and text == text.strip() and text != "",
    ),
)
"""Every writer with its reader."""


def disagreements(writer: Writer, words: list[str]) -> Iterator[tuple[str, str]]:
    """The words that do not come back, each with what came instead."""
    held = [each for each in dict.fromkeys(words) if writer.holds(each)]
    if not held or _comes_back(writer, held):
        return
    for each in held:
        if not _comes_back(writer, [each]):
            yield each, _what_came(writer, each)


def _comes_back(writer: Writer, words: list[str]) -> bool:
    try:
        return writer.read(writer.write(words), len(words)) == words
    except Exception:
        return False


def _what_came(writer: Writer, text: str) -> str:
    try:
        written = writer.write([text])
    except Exception as problem:
        return f"not written: {problem!r}"
    try:
        return f"written {written!r}, read {writer.read(written, 1)!r}"
    except Exception as problem:
        return f"written {written!r}, not read: {str(problem)[:300]}"
