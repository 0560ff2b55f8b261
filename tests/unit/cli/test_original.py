"""Everything that the original's command line accepts is accepted here: facts about it, one row each."""

from __future__ import annotations

import pytest

from home_manager.cli.arguments import FLAGS, ignored_flags, parse, split_command
from home_manager.cli.configuration import find as find_configuration
from home_manager.cli.switch import options
from home_manager.cli.table import COMMANDS, find

VERBS = [
    "build",
    "edit",
    "expire-generations",
    "generations",
    "help",
    "init",
    "instantiate",
    "news",
    "option",
    "packages",
    "remove-generations",
    "repl",
    "switch",
    "uninstall",
]

OPTIONS: dict[str, tuple[str, ...]] = {
    "-A": ("home",),
    "-I": ("nixpkgs=/x",),
    "-B": ("mv",),
    "-b": ("old",),
    "-f": ("home.nix",),
    "--file": ("home.nix",),
    "--flake": ("path:/x#alice",),
    "--recreate-lock-file": (),
    "--no-update-lock-file": (),
    "--no-write-lock-file": (),
    "--no-registries": (),
    "--commit-lock-file": (),
    "--refresh": (),
    "--update-input": ("nixpkgs",),
    "--override-input": ("nixpkgs", "path:/x"),
    "--experimental-features": ("flakes",),
    "--extra-experimental-features": ("flakes",),
    "--no-out-link": (),
    "-L": (),
    "--print-build-logs": (),
    "-n": (),
    "--dry-run": (),
    "--option": ("cores", "2"),
    "--arg": ("x", "1"),
    "--argstr": ("x", "1"),
    "-j": ("2",),
    "--max-jobs": ("2",),
    "--cores": ("2",),
    "--builders": ("",),
    "--log-format": ("raw",),
    "--debug": (),
    "--keep-failed": (),
    "--keep-going": (),
    "--show-trace": (),
    "--substitute": (),
    "--no-substitute": (),
    "--impure": (),
    "-v": (),
    "--verbose": (),
}
"""The options of every verb, with values that they may have."""

OF_ONE_VERB = (
    ("switch", ["--rollback"]),
    ("switch", ["-c", "dark"]),
    ("switch", ["--specialisation", "dark"]),
    ("option", ["--recursive", "home.username"]),
    ("option", ["home.username", "programs.git."]),
    ("init", ["--switch"]),
    ("init", ["--no-flake", "--home-manager-url", "x", "--nixpkgs-url", "y", "dir"]),
    ("remove-generations", ["1", "2"]),
    ("expire-generations", ["-30 days"]),
    ("expire-generations", ["2018-01-01"]),
)

FOR_NIX_ALONE = frozenset(
    [
        "-j",
        "--max-jobs",
        "--cores",
        "--builders",
        "--log-format",
        "-L",
        "--print-build-logs",
        "--debug",
        "--keep-failed",
        "--keep-going",
        "--substitute",
        "--no-substitute",
        "--option",
        "--experimental-features",
        "--extra-experimental-features",
    ]
)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_there_and_shown(verb: str) -> None:
    command = find(verb)
    assert command is not None and not command.hidden


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("verb", ["switch", "build", "news"])
def test_every_option_is_accepted_before_and_after_the_verb(option: str, verb: str) -> None:
    for words in ([option, *OPTIONS[option], verb], [verb, option, *OPTIONS[option]]):
        name, rest = split_command(words)
        assert name == verb
        command = find(verb)
        assert command is not None
        arguments = parse(command, rest)
        assert bool(ignored_flags(arguments)) == (option in FOR_NIX_ALONE)


@pytest.mark.parametrize(("verb", "words"), OF_ONE_VERB)
def test_what_single_verbs_accept(verb: str, words: list[str]) -> None:
    command = find(verb)
    assert command is not None
    parse(command, words)


def test_variables_of_the_original(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    switch = find("switch")
    assert switch is not None
    for name, value in {
        "HOME_MANAGER_BACKUP_EXT": "old",
        "HOME_MANAGER_BACKUP_COMMAND": "mv",
        "HOME_MANAGER_BACKUP_OVERWRITE": "1",
        "DRY_RUN": "",
        "VERBOSE": "",
    }.items():
        monkeypatch.setenv(name, value)
    wishes = options(parse(switch, []))
    assert (wishes.backup_extension, wishes.backup_command, wishes.backup_overwrite) == ("old", "mv", True)
    assert wishes.dry_run and wishes.verbose
    config = f"{tmp_path}/mine.nix"
    with open(config, "w", encoding="utf-8") as file:
        file.write("{ }")
    assert find_configuration({"HOME_MANAGER_CONFIG": config}).file == config


def test_no_two_rows_of_the_tables_say_the_same() -> None:
    spellings = [spelling for flag in FLAGS for spelling in flag.spellings]
    assert len(spellings) == len(set(spellings))
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)
