"""The runner of `modules.sh`: bash says what is checked, and an error counts only as the reviewed table has it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[3] / "tools"))

from conformance_suites.nixpkgs_modules import Check, Judgement, checks, judgements, outcome, run_check

SCRIPT = r"""
#!/usr/bin/env bash
set -o errexit
cd nowhere-at-all
checkConfigOutput() {
    exit 1
}

# The first line of checks.
checkConfigOutput '^42$' config.value ./declare.nix ./define.nix
set -- config.value ./declare.nix
ABORT_ON_WARN=1 checkConfigError 'has no
value' "$@"
STRICT_EVAL=1 checkConfigOutput '^true$' config.value ./{declare,wrong}.nix
checkConfigError 'The option .value. is wrong' config.value ./declare.nix ./wrong.nix
checkExpression ./expression.nix

cat <<EOF
$pass Pass
EOF
exit 1
"""
MODULES = {
    "default.nix": "{ lib ? import ../.., modules }: { inherit (lib.evalModules { inherit modules; }) config; }",
    "declare.nix": "{ lib, ... }: { options.value = lib.mkOption { type = lib.types.int; }; }",
    "define.nix": "{ value = 42; }",
    "wrong.nix": '{ value = "42"; }',
    "expression.nix": "assert (import ../..).add 1 1 == 2; null",
}


@pytest.fixture
def lib(tmp_path: Path) -> Path:
    modules = tmp_path / "tests" / "modules"
    modules.mkdir(parents=True)
    (tmp_path / "default.nix").write_text("throw ''not this one''")
    (tmp_path / "tests" / "modules.sh").write_text(SCRIPT)
    for name, text in MODULES.items():
        (modules / name).write_text(text)
    return tmp_path


def test_bash_reads_the_script(lib: Path) -> None:
    declared = "./declare.nix"
    assert checks(lib) == [
        Check("output", "^42$", ("config.value", declared, "./define.nix")),
        Check("error", "has no\nvalue", ("config.value", declared), abort_on_warn=True),
        Check("output", "^true$", ("config.value", declared, "./wrong.nix"), strict=True),
        Check("error", "The option .value. is wrong", ("config.value", declared, "./wrong.nix")),
        Check("expression", "", ("./expression.nix",)),
    ]


def test_an_error_in_other_words_counts_only_as_reviewed(lib: Path) -> None:
    good, _, bad_output, error, expression = checks(lib)
    assert [outcome(lib, each, {}).verdict for each in (good, bad_output, error, expression)] == [
        "literal",
        "missed",
        "missed",
        "literal",
    ]

    def verdict(code: str, said: str) -> str:
        table = {(error.pattern, error.name): Judgement(code, re.compile(said), "why")}
        return outcome(lib, error, table).verdict

    assert verdict("option-type-mismatch", "`value` must be of type signed integer") == "judged"
    assert verdict("option-type-mismatch", "`other` must be") == "missed"
    assert verdict("option-conflict", "`value` must be") == "missed"


def test_the_account_has_the_files_of_labels(lib: Path) -> None:
    came = run_check(lib, checks(lib)[3])
    assert "wrong.nix: this is a string" in came.text


def test_every_judgement_names_something_and_has_a_reason() -> None:
    table = judgements()
    assert len(table) > 100
    for (pattern, name), entry in table.items():
        assert entry.why and re.compile(pattern)
        assert "`" in entry.said.pattern or '"' in entry.said.pattern or "module" in entry.said.pattern, name
