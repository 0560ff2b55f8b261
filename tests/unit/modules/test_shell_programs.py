"""What cases cannot show of the modules of shells and their companions: old names, mistakes, recipes."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.outcome import BASE, Evaluated, evaluate
from home_manager.diagnostics import Failure, Failures
from home_manager.nix.deep_stack import with_deep_stack
from home_manager.store import Command


def evaluated(directory: Path, text: str) -> Evaluated:
    """A configuration within the usual base, evaluated and not written."""
    (directory / "configuration.nix").write_text(BASE, "utf-8")
    (directory / "home.nix").write_text(text, "utf-8")
    return with_deep_stack(lambda: evaluate(directory / "configuration.nix", str(directory / "store")))


def complaint(directory: Path, text: str) -> str:
    """What the diagnostics of a configuration that fails say."""
    with pytest.raises((Failure, Failures)) as caught:
        evaluated(directory, text)
    found = caught.value.diagnostics if isinstance(caught.value, Failures) else (caught.value.finished(),)
    return "\n".join(f"{each}" for each in found)


def text_of(made: Evaluated, target: str) -> str:
    """The text of a file of the home."""
    (entry,) = (entry for entry in made.manifest.files if str(entry.target).removeprefix("./") == target)
    recipe = made.recipes.get(entry.source)
    text = getattr(recipe, "text", None)
    assert isinstance(text, str)
    return text


RENAMED = (
    ("zsh.enableAutosuggestions = true;", "programs.zsh.autosuggestion.enable", ".zshrc", "ZSH_AUTOSUGGEST_STRATEGY"),
    ("zsh.enableSyntaxHighlighting = true;", "programs.zsh.syntaxHighlighting.enable", ".zshrc", "HIGHLIGHTERS=(main)"),
    ("zsh.zproof.enable = true;", "programs.zsh.zprof", ".zshrc", "zmodload zsh/zprof"),
    (
        'zsh.plugins = [ { name = "x"; src = ./.; completions = [ "inner" ]; } ];',
        "programs.zsh.plugins.*.functions",
        ".zshrc",
        "x/inner",
    ),
)


@pytest.mark.parametrize(("definition", "name", "target", "expected"), RENAMED)
def test_an_old_name_works_and_warns(tmp_path: Path, definition: str, name: str, target: str, expected: str) -> None:
    made = evaluated(tmp_path, f"{{ programs.zsh.enable = true; programs.{definition} }}")
    assert expected in text_of(made, target)
    (warning,) = made.manifest.warnings
    assert f"has been renamed to `{name}'" in warning


def test_the_old_name_of_nix_direnv_works_and_warns(tmp_path: Path) -> None:
    made = evaluated(tmp_path, "{ programs.direnv = { enable = true; enableNixDirenvIntegration = true; }; }")
    assert any("hm-nix-direnv.sh" in str(entry.target) for entry in made.manifest.files)
    (warning,) = made.manifest.warnings
    assert "has been renamed to `programs.direnv.nix-direnv.enable'" in warning


MISTAKES = (
    ("direnv.nix-direnv.enableFlakes = true;", "Flake support is now always enabled"),
    ('zsh.dotDir = "$HOME/zsh";', "cannot contain shell variables"),
    ('zsh.dotDir = "/etc/zsh";', "does not lie in the home directory"),
    (
        "zsh.syntaxHighlighting.enable = true; zsh.fastSyntaxHighlighting.enable = true;",
        "Only one Zsh syntax highlighter",
    ),
    ('zsh.siteFunctions."/x" = "true";', "begins with a slash"),
    ("tmux.plugins = [ pkgs.hello ];", "Invalid tmux plugin"),
)


@pytest.mark.parametrize(("definition", "expected"), MISTAKES)
def test_a_mistake_is_told(tmp_path: Path, definition: str, expected: str) -> None:
    on = "zsh.enable = true; tmux.enable = true; direnv.enable = true;"
    assert expected in complaint(tmp_path, f"{{ pkgs, ... }}: {{ programs = {{ {on} {definition} }}; }}")


def test_zsh_says_where_its_files_will_be(tmp_path: Path) -> None:
    made = evaluated(tmp_path, "{ xdg.enable = true; programs.zsh.enable = true; }")
    (warning,) = made.manifest.warnings
    assert "programs.zsh.dotDir = config.home.homeDirectory;" in warning


def test_the_users_options_of_zsh_have_the_last_word(tmp_path: Path) -> None:
    made = evaluated(tmp_path, '{ programs.zsh = { enable = true; setOptions = [ "NO_SHARE_HISTORY" ]; }; }')
    words = text_of(made, ".zshrc").split("set_opts=(")[1].split(")")[0].split()
    assert words.index("SHARE_HISTORY") < words.index("NO_SHARE_HISTORY")


def test_a_variable_with_several_lines_keeps_its_value(tmp_path: Path) -> None:
    made = evaluated(tmp_path, r'{ programs.zsh = { enable = true; sessionVariables.A = "one\ntwo"; }; }')
    assert 'export A="one\ntwo"\n' in text_of(made, ".zshenv")


def test_presets_of_starship_are_merged_below_the_settings(tmp_path: Path) -> None:
    presets = 'presets = [ "nerd-font-symbols" "plain" ]; settings.scan_timeout = 10;'
    made = evaluated(tmp_path, f"{{ programs.starship = {{ enable = true; {presets} }}; }}")
    (entry,) = (entry for entry in made.manifest.files if str(entry.target) == ".config/starship.toml")
    recipe = made.recipes.get(entry.source)
    assert isinstance(recipe, Command)
    places = [recipe.script.index(name) for name in ("/nerd-font-symbols.toml", "/plain.toml", "-starship-config")]
    assert places == sorted(places)
    assert "tomlq " in recipe.script


def test_nushell_gets_a_module_that_starship_wrote(tmp_path: Path) -> None:
    given = "programs.starship.enable = true; xdg.configFile.x.text = config.programs.nushell.extraConfig;"
    made = evaluated(tmp_path, f"{{ config, ... }}: {{ {given} }}")
    word, path = text_of(made, ".config/x").split()
    recipe = made.recipes.get(path)
    assert word == "use" and isinstance(recipe, Command) and "/bin/starship init nu" in recipe.script
