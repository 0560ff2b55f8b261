"""A module and its first case, from a dump of the original's options where there is one."""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import home_manager.authoring
from scaffold.types import expression
from scaffold.values import python

TAKEN = frozenset(home_manager.authoring.__all__)
AREAS = {"programs": "Program", "services": "Service"}
FORMATS = {"TOML value": "toml", "JSON value": "json", "YAML 1.1 value": "yaml"}
HOOKS = {
    "bash": """lambda self: f'eval "$({exe(self.package)} init bash)"\\n'""",
    "zsh": """lambda self: f'eval "$({exe(self.package)} init zsh)"\\n'""",
    "fish": """lambda self: f"{exe(self.package)} init fish | source\\n\"""",
    "nushell": '""',
    "ion": '""',
}


@dataclass
class Node:
    """One name in the tree of options: what the dump says of it, and what stands below."""

    fact: Mapping[str, Any] | None = None
    children: dict[str, Node] = field(default_factory=dict)


def tree_of(facts: list[Mapping[str, Any]], namespace: str) -> Node:
    root = Node()
    for fact in facts:
        if fact["name"].startswith(f"{namespace}."):
            here = root
            for name in path_of(fact["name"].removeprefix(f"{namespace}.")):
                here = here.children.setdefault(name, Node())
            here.fact = fact
    return root


def path_of(name: str) -> list[str]:
    """The names of a path, quotes taken off."""
    return [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|([^."]+)', name)]


def inside(node: Node) -> Node:
    """The options of a submodule: below a placeholder for the name or number, if there is one."""
    while len(node.children) == 1 and next(iter(node.children)) in ("<name>", "*"):
        node = next(iter(node.children.values()))
    return node


class Writer:
    """The text of a module: its class, and before it those of its submodules and groups."""

    def __init__(self, namespace: str) -> None:
        self.namespace = namespace
        self.area, _, self.name = namespace.partition(".")
        self.classes: list[str] = []
        self.names = set(TAKEN)

    def module(self, root: Node) -> str:
        own = self.class_name(self.name)
        lines = [f'"""{self.name}"""', "", *self.body(root, top=True)]
        self.classes.append(class_text(own, AREAS[self.area], lines))
        return "from home_manager.authoring import *\n\n\n" + "\n\n\n".join(self.classes) + "\n"

    def class_name(self, name: str) -> str:
        base = "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", name)) or "Each"
        found = base if base[0].isalpha() else f"X{base}"
        while found in self.names:
            found += "Options"
        self.names.add(found)
        return found

    def body(self, node: Node, *, top: bool = False) -> Iterator[str]:
        """The attributes of a class."""
        shells: list[str] = []
        if top and not node.children:
            yield f"package = Package({self.name!r})"
        for name, child in sorted(node.children.items(), key=lambda each: (each[0] != "package", each[0])):
            shell = re.fullmatch(r"enable(Bash|Zsh|Fish|Nushell|Ion)Integration", name)
            if top and name == "enable":
                continue
            if shell and (child.fact or {}).get("type") == "boolean":
                shells.append(f"{shell[1].lower()}={HOOKS[shell[1].lower()]}")
            else:
                yield self.attribute(name, child, top=top)
        if shells:
            yield f"shells = ShellIntegration({', '.join(shells)})"

    def attribute(self, name: str, node: Node, *, top: bool) -> str:
        attribute = re.sub(r"\W", "_", name)
        if keyword.iskeyword(attribute) or attribute[0].isdigit():
            attribute = f"{attribute}_" if not attribute[0].isdigit() else f"n{attribute}"
        other = "" if attribute == name else f", name={name!r}"
        fact = node.fact
        inner = inside(node)
        opened = fact is not None and "open submodule of" in fact["type"]
        cls = self.submodule(name, inner, fact) if inner.children or opened else "Options"
        if fact is None:
            return f"{attribute} = group({cls}{other})"
        if fact["type"] in ("package", "null or package") and (package := self.package(fact)):
            return f"{attribute} = {package}"
        if top and fact["type"] in FORMATS and name in ("settings", "config", "extraConfig"):
            extension = FORMATS[fact["type"]]
            words = f'formats.{extension}, file="{self.name}/config.{extension}"{self.example(fact)}'
            return f'{attribute} = Settings({words}, doc=""{other})'
        words = f"{expression(fact['type'], cls)}{self.default(fact)}{self.example(fact)}"
        flags = ", read_only=True" * bool(fact.get("readOnly")) + ", internal=True" * bool(fact.get("internal"))
        visible = "" if fact.get("visible", True) is True else f", visible={fact['visible']!r}"
        return f'{attribute} = option({words}, doc=""{flags}{visible}{other})'

    def submodule(self, name: str, node: Node, fact: Mapping[str, Any] | None) -> str:
        found = self.class_name(name)
        lines = [f'"""{name}"""', ""]
        if fact is not None and (open_of := re.search(r"open submodule of (.+?)\)*$", fact["type"])):
            lines.append(f"freeform = {expression(open_of[1])}")
        lines.extend(self.body(node))
        self.classes.append(class_text(found, "Options", lines))
        return found

    def package(self, fact: Mapping[str, Any]) -> str | None:
        default = fact["default"]
        nullable = ", nullable=True" if fact["type"].startswith("null") else ""
        example = f", example={fact['example']!r}" if fact.get("example") else ""
        install = "" if fact["name"] == f"{self.namespace}.package" else ", install=False"
        if default and (plain := re.fullmatch(r"pkgs\.([\w.\"-]+)", default)):
            return f"Package({plain[1]!r}{nullable}{example}{install})"
        if default in (None, "null") and install:
            return f"Package({path_of(fact['name'])[-1]!r}, default=None{nullable}{example}{install})"
        return None

    def default(self, fact: Mapping[str, Any]) -> str:
        text = fact["default"]
        if not fact["hasDefault"]:
            return ""
        if text is None:
            return ", default=None"
        literal = python(text)
        if literal is not None:
            return f", default={literal}"
        return f", default=lambda self: ..., default_text={text!r}"

    def example(self, fact: Mapping[str, Any]) -> str:
        text = fact.get("example")
        if not text:
            return ""
        literal = python(text)
        return f", example={f'literal({text!r})' if literal is None else literal}"


def class_text(name: str, base: str, lines: list[str]) -> str:
    return f"class {name}({base}):\n" + "\n".join(f"    {line}".rstrip() for line in lines)


def case_text(namespace: str) -> str:
    """A case that enables the module; `pytest --update-goldens` writes what comes of it."""
    return f"""{namespace.partition(".")[2]} as it is without any settings.
::: module home.nix
{{ {namespace}.enable = true; }}
"""


def write(root: Path, namespace: str, facts: Path | None) -> list[Path]:
    """The files of a new module."""
    area, _, name = namespace.partition(".")
    if area not in AREAS or not name:
        raise SystemExit(f"tools/new: a module is `programs.NAME` or `services.NAME`, not `{namespace}`")
    read = [] if facts is None else json.loads(facts.read_text("utf-8"))
    listed = read["options"] if isinstance(read, dict) else read
    tree = tree_of(listed, namespace)
    if facts is not None and not tree.children:
        raise SystemExit(f"tools/new: {facts} has no option below `{namespace}`")
    file = name.replace("-", "_").replace(".", "_")
    if file[0].isdigit():
        file = f"_{file}"
    return [
        create(root / "src/home_manager/modules" / area / f"{file}.py", Writer(namespace).module(tree)),
        create(root / "tests/cases" / area / name / "enabled.case", case_text(namespace)),
        *named(root / "src/home_manager/packages/names.tsv", "" if tree.children else name),
    ]


def named(table: Path, package: str) -> list[Path]:
    """A row for a package that the table of names lacks; Debian is taken to have none."""
    rows = table.read_text("utf-8").splitlines()
    if not package or any(row.split("\t")[0] == package for row in rows):
        return []
    table.write_text("".join(f"{row}\n" for row in sorted([*rows, f"{package}\t\t\t-"])), "utf-8")
    return [table]


def create(path: Path, text: str) -> Path:
    """Writes a file that is not there yet."""
    if path.exists():
        raise SystemExit(f"tools/new: {path} exists already")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path
