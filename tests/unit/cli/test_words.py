"""The grammar of the command line: where the command's name is, what values belong to which option."""

from __future__ import annotations

from pathlib import Path

import pytest

from home_manager.cli.arguments import FLAGS, UsageError, ignored_flags, parse, split_command
from home_manager.cli.configuration import find as find_configuration
from home_manager.cli.option import split_name
from home_manager.cli.table import COMMANDS, find, load
from home_manager.diagnostics import Failure


@pytest.mark.parametrize(
    ("words", "name", "rest"),
    [
        (["switch"], "switch", []),
        (["-f", "x.nix", "switch"], "switch", ["-f", "x.nix"]),
        (["--file=x.nix", "switch", "-v"], "switch", ["--file=x.nix", "-v"]),
        (["--arg", "switch", "build", "option", "a.b"], "option", ["--arg", "switch", "build", "a.b"]),
        (["-v"], None, ["-v"]),
        (["--", "switch"], None, ["--", "switch"]),
    ],
)
def test_the_command_is_the_first_word_that_belongs_to_no_option(words: list[str], name: str, rest: list[str]) -> None:
    assert split_command(words) == (name, rest)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_a_module_with_examples_that_parse(command: object) -> None:
    module = load(command)  # type: ignore[arg-type]
    assert module.EXAMPLES.strip()
    assert callable(module.run)


@pytest.mark.parametrize("flag", [flag for flag in FLAGS if not flag.choices], ids=lambda flag: flag.destination)
def test_every_shared_option_is_accepted_by_switch_in_every_spelling(flag: object) -> None:
    switch = find("switch")
    assert switch is not None
    for spelling in flag.spellings:  # type: ignore[attr-defined]
        arguments = parse(switch, [spelling, *flag.values])  # type: ignore[attr-defined]
        assert getattr(arguments, flag.destination)  # type: ignore[attr-defined]
        assert bool(ignored_flags(arguments)) == flag.ignored  # type: ignore[attr-defined]


def test_an_unknown_option_is_answered_with_a_near_one() -> None:
    switch = find("switch")
    assert switch is not None
    with pytest.raises(UsageError) as caught:
        parse(switch, ["--rollbak"])
    assert caught.value.hint == "did you mean `--rollback`?"


def test_operands_and_options_may_be_mixed() -> None:
    option = find("option")
    assert option is not None
    arguments = parse(option, ["a.b", "--recursive", "c.d", "-f", "x"])
    assert (arguments.names, arguments.recursive, arguments.file) == (["a.b", "c.d"], True, "x")


def test_a_quoted_part_of_a_name_keeps_its_dots() -> None:
    assert split_name('xdg.configFile."bat/a.conf".text') == ("xdg", "configFile", "bat/a.conf", "text")


class TestConfiguration:
    def place(self, home: Path, name: str) -> Path:
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{ }")
        return path

    def test_the_named_one_wins(self, tmp_path: Path) -> None:
        self.place(tmp_path, ".config/home-manager/home.nix")
        other = self.place(tmp_path, "other.nix")
        environment = {"HOME": str(tmp_path), "HOME_MANAGER_CONFIG": "/nowhere"}
        assert find_configuration(environment, str(other)).file == str(other)

    def test_the_variable_stands_for_it(self, tmp_path: Path) -> None:
        other = self.place(tmp_path, "other.nix")
        assert find_configuration({"HOME": str(tmp_path), "HOME_MANAGER_CONFIG": str(other)}).file == str(other)

    def test_places_are_tried_in_the_order_of_the_original(self, tmp_path: Path) -> None:
        environment = {"HOME": str(tmp_path)}
        oldest = self.place(tmp_path, ".nixpkgs/home.nix")
        found = find_configuration(environment)
        assert (found.file, bool(found.warning)) == (str(oldest), True)
        older = self.place(tmp_path, ".config/nixpkgs/home.nix")
        assert find_configuration(environment).file == str(older)
        usual = self.place(tmp_path, ".config/home-manager/home.nix")
        found = find_configuration(environment)
        assert (found.file, found.warning) == (str(usual), "")
        self.place(tmp_path, ".config/home-manager/flake.nix")
        assert find_configuration(environment).flake == str(usual.parent)

    def test_the_configuration_folder_of_the_environment_counts(self, tmp_path: Path) -> None:
        there = self.place(tmp_path, "elsewhere/home-manager/home.nix")
        environment = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "elsewhere")}
        assert find_configuration(environment).file == str(there)

    def test_none_is_a_failure_that_says_where_it_looked(self, tmp_path: Path) -> None:
        with pytest.raises(Failure) as caught:
            find_configuration({"HOME": str(tmp_path)})
        assert caught.value.diagnostic.code == "no-configuration"
        assert str(tmp_path) in caught.value.diagnostic.notes[0]
