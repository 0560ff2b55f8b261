"""`tools/new module` writes modules whose options are those of the dump that it was given."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from home_manager.authoring import Program
from home_manager.values.lazy import force

ROOT = Path(__file__).parents[3]


def fact(name: str, type: str, default: str | None = None, example: str | None = None, **more: Any) -> dict[str, Any]:
    return {
        "name": f"programs.sample-tool.{name}",
        "type": type,
        "default": default,
        "hasDefault": default is not None or more.pop("has_default", False),
        "example": example,
        "readOnly": False,
        "declarations": ["modules/programs/sample-tool.nix"],
        **more,
    }


FACTS = [
    fact("enable", "boolean", "false", "true"),
    fact("package", "null or package", "pkgs.sample-tool"),
    fact("settings", "TOML value", "{ }", '{ a.b = [ 1 "x" ]; }'),
    fact("level", 'null or one of "low", "high"', "null", "high", has_default=True),
    fact("keys", "attribute set of (string or list of string)", '{ q = "quit"; }', "{ x = pkgs.hello; }"),
    fact("port", "16 bit unsigned integer; between 0 and 65535 (both inclusive)", "80"),
    fact("style", 'null or absolute path or strings concatenated with "\\n"', "null"),
    fact("directory", "string", "config.home.homeDirectory"),
    fact("ssh-keys", "list of string", "[ ]"),
    fact("ui.colour", "string", '"red"'),
    fact("accounts", "attribute set of (submodule)", "{ }"),
    fact("accounts.<name>.from", "string"),
    fact("rules", "list of (open submodule of (JSON value))", "[ ]"),
    fact("rules.*.enable", "boolean", "true"),
    fact("odd", "three wishes", "null"),
    fact("enableBashIntegration", "boolean"),
    fact("enableFishIntegration", "boolean"),
]


def scaffold(root: Path, *words: str, facts: list[dict[str, Any]] | None = None) -> subprocess.CompletedProcess[str]:
    """Runs the tool on another tree than the one that it lies in, in which there is only the table of packages."""
    table = root / "src/home_manager/packages/names.tsv"
    table.parent.mkdir(parents=True, exist_ok=True)
    if not table.exists():
        table.write_text("bat\nzoxide\n")
    program = f"import sys; sys.path[:0] = [{str(ROOT / 'tools')!r}]; from pathlib import Path; "
    program += f"from scaffold.command_line import main; sys.exit(main(Path({str(root)!r}), sys.argv[1:]))"
    if facts is not None:
        (root / "facts.json").write_text(json.dumps(facts))
        words = (*words, "--facts", str(root / "facts.json"))
    return subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=False)


def loaded(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"home_manager.modules.{path.parent.name}.{path.stem}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("scaffold")
    done = scaffold(root, "module", "programs.sample-tool", facts=FACTS)
    assert done.returncode == 0, done.stderr
    module, case = (root / line for line in done.stdout.splitlines())
    assert (root / "src/home_manager/packages/names.tsv").read_text() == "bat\nzoxide\n"
    assert case == root / "tests/cases/programs/sample-tool/enabled.case" and case.exists()
    return module


def test_every_option_has_its_type(written: Path) -> None:
    cls: type[Program] = loaded(written).SampleTool
    tree = cls._tree(("programs", "sample-tool"))
    types = {name: option.type.describe() for name, option in tree.items() if not isinstance(option, dict)}
    expected = {each["name"].removeprefix("programs.sample-tool."): each["type"] for each in FACTS}
    assert types == {name: type for name, type in expected.items() if "." not in name}
    assert tree["ui"]["colour"].type.describe() == "string"
    accounts, rules = (tree[name].type.sub_modules()[0].cls._tree() for name in ("accounts", "rules"))
    assert list(accounts) == ["from"] and list(rules) == ["enable"]


def test_defaults_and_examples_are_values_where_they_can_be(written: Path) -> None:
    tree = loaded(written).SampleTool._tree(("programs", "sample-tool"))
    assert force(tree["settings"].example) == {"a": {"b": [1, "x"]}}
    assert force(tree["keys"].default) == {"q": "quit"}
    assert tree["port"].default == 80 and tree["level"].default is None
    assert tree["keys"].example["_type"] == "literalExpression"
    assert tree["directory"].default_text["text"] == "config.home.homeDirectory"


def test_the_module_reads_like_one_that_was_written_by_hand(written: Path) -> None:
    text = written.read_text()
    assert text.startswith("from home_manager.authoring import *\n\n\nclass Accounts(Options):")
    assert 'package = Package("sample-tool", nullable=True)' in text
    assert 'ssh_keys = option(t.list_of(t.str), default=[], doc="", name="ssh-keys")' in text
    assert "ui = group(Ui)" in text
    assert 't.described(t.unspecified, "three wishes")' in text
    assert "shells = ShellIntegration(" in text


def test_without_facts_a_module_has_a_package(tmp_path: Path) -> None:
    done = scaffold(tmp_path, "module", "services.sample")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "src/home_manager/modules/services/sample.py").read_text()
    assert "class Sample(Service):" in text and 'package = Package("sample")' in text
    assert (tmp_path / "src/home_manager/packages/names.tsv").read_text() == "bat\nsample\t\t\t-\nzoxide\n"


def test_nothing_that_exists_is_overwritten(tmp_path: Path) -> None:
    assert scaffold(tmp_path, "module", "programs.sample").returncode == 0
    module = tmp_path / "src/home_manager/modules/programs/sample.py"
    module.write_text("mine")
    done = scaffold(tmp_path, "module", "programs.sample")
    assert done.returncode == 1 and "exists already" in done.stderr
    assert module.read_text() == "mine"


@pytest.mark.parametrize("name", ["sample", "targets.sample", "programs."])
def test_a_name_outside_of_the_areas_is_refused(tmp_path: Path, name: str) -> None:
    done = scaffold(tmp_path, "module", name)
    assert done.returncode == 1 and "programs.NAME" in done.stderr


def test_facts_without_the_module_are_refused(tmp_path: Path) -> None:
    done = scaffold(tmp_path, "module", "programs.other", facts=FACTS)
    assert done.returncode == 1 and "no option below `programs.other`" in done.stderr
