"""Where a package is named in a configuration: in an expression, not in a string, a path or the name of an option."""

from __future__ import annotations

import pytest

from home_manager.diagnostics import Source, Span
from home_manager.packages.realise import reference_finder

TEXT = """\
{ pkgs, jq, ... }:
{
  # ripgrep is fast
  imports = [ ./git.nix ];
  nixpkgs.config.allowUnfreePredicate = p: builtins.elem (lib.getName p) [ "steam" ];
  programs.fd.enable = config.programs.bat.enable;
  home.packages = with pkgs; [ ripgrep git (python3.withPackages (p: [ p.requests ])) ] ++ [ pkgs."7zip" ];
  home.file.x.text = "${pkgs.hello}/bin/hello";
  steam.x = pkgs.nerd-fonts.iosevka;
}
"""
SOURCE = Source("home.nix", TEXT)


@pytest.mark.parametrize(
    ("attribute", "wanted"),
    [
        ("ripgrep", "ripgrep git"),
        ("git", "git (python3"),
        ("hello", "hello}/bin"),
        ("python3Packages.requests", "requests ])"),
        ("nerd-fonts.iosevka", "nerd-fonts.iosevka;"),
        ("7zip", '"7zip" ];'),
        ("steam", None),
        ("fd", None),
        ("bat", None),
        ("jq", None),
    ],
)
def test_the_place_of_a_package(attribute: str, wanted: str | None) -> None:
    found = reference_finder([], [SOURCE])(tuple(attribute.split(".")))
    if wanted is None:
        assert found is None
    else:
        assert found is not None and TEXT[found.start :].startswith(wanted)


def test_the_definitions_themselves_come_first() -> None:
    start = TEXT.index("home.file")
    found = reference_finder([Span(SOURCE, start, len(TEXT))])(("hello",))
    assert found is not None and found.start > start
