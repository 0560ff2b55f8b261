"""Commands, builtins, providers, diagnostics and formats: their files from templates, and their rows in the tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from scaffold.module import create

TEMPLATES = Path(__file__).parent / "templates"
SRC = "src/home_manager"


def filled(template: str, name: str) -> str:
    """A template with the name in it: `@name@` as given, `@module@` as a Python name, `@Name@` as a class."""
    words = {"name": name, "module": module_name(name), "Name": class_name(name)}
    return re.sub(r"@(name|module|Name)@", lambda found: words[found[1]], (TEMPLATES / f"{template}.in").read_text())


def module_name(name: str) -> str:
    """A Python name: `generic-closure` and `genericClosure` are `generic_closure`."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).replace("-", "_").lower()


def class_name(name: str) -> str:
    return "".join(part.capitalize() for part in module_name(name).split("_"))


def insert(path: Path, before: str, line: str) -> Path:
    """A line in a table, before another one."""
    text = path.read_text("utf-8")
    if before not in text:
        raise SystemExit(f"tools/new: {path} has changed: there is no line `{before.strip()}`")
    path.write_text(text.replace(before, line + before, 1), "utf-8")
    return path


def command(root: Path, name: str) -> list[Path]:
    module = module_name(name)
    row = f'    Command("{name}", "{module}", later("print the number of files of the current generation")),\n'
    return [
        create(root / SRC / f"cli/{module}.py", filled("command.py", name)),
        insert(root / SRC / "cli/table.py", '    Command("packages", "packages"', row),
        create(root / f"tests/cli/{name}.case", filled("command.case", name)),
    ]


def builtin(root: Path, name: str) -> list[Path]:
    module = module_name(name)
    table = root / SRC / "nix/builtins/table.py"
    insert(table, "    attrsets,\n    control,\n", f"    {module},\n")
    return [
        create(root / SRC / f"nix/builtins/{module}.py", filled("builtin.py", name)),
        insert(table, "        attrsets,\n        generic_closure,\n", f"        {module},\n"),
        create(root / f"tests/lang/{name}.nix", filled("builtin.nix", name)),
        create(root / f"tests/lang/fail-{name}.nix", filled("builtin-fail.nix", name)),
    ]


def provider(root: Path, name: str) -> list[Path]:
    module = module_name(name)
    row = f'    "{name}": "home_manager.packages.providers.{module}",\n'
    return [
        create(root / SRC / f"packages/providers/{module}/__init__.py", filled("provider.py", name)),
        insert(root / SRC / "packages/providers/registry.py", '    "host": "', row),
        create(root / f"tests/unit/packages/test_{module}_provider.py", filled("test_provider.py", name)),
    ]


def diagnostic(root: Path, name: str) -> list[Path]:
    return [
        create(root / SRC / f"diagnostics/codes/{name}.md", filled("code.md", name)),
        create(root / f"tests/errors/{name}.case", filled("error.case", name)),
    ]


def format(root: Path, name: str) -> list[Path]:
    module = module_name(name)
    return [
        create(root / SRC / f"formats/{module}.py", filled("format.py", name)),
        insert(root / SRC / "formats/__init__.py", '        "zsh",\n', f'        "{module}",\n'),
        create(root / f"tests/unit/formats/test_{module}.py", filled("test_format.py", name)),
    ]


RECIPES: dict[str, tuple[str, Callable[[Path, str], list[Path]]]] = {
    "command": ("a command of the command line", command),
    "builtin": ("a builtin of the language, with a topic of its own", builtin),
    "provider": ("a provider of packages", provider),
    "diagnostic": ("a diagnostic code, in kebab-case", diagnostic),
    "format": ("a file format for modules", format),
}
