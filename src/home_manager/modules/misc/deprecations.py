"""Modules that are gone, with what to use instead."""

from home_manager.authoring import *

JUST = (
    "'program.just' is deprecated, simply add 'pkgs.just' to 'home.packages' instead.\n"
    "See https://github.com/nix-community/home-manager/issues/3449#issuecomment-1329823502"
)

GONE = {
    "programs.animdl": "The animdl module has been removed because nixpkgs removed the package.\n"
    "The animdl project was unmaintained and its scraper providers no longer\nwork.\n",
    "programs.hexchat": "The hexchat module has been removed because nixpkgs removed the package.\n"
    "HexChat was archived upstream and still depends on GTK 2.\n",
    "programs.niriswitcher.enable": "The niriswitcher module has been removed because the upstream project\nhas been archived.\n",
    "programs.glab.enable": "The glab module has been removed because changes are needed upstream to\n"
    "support mixing declarative and stateful configurations. See #8066.\n",
    "services.password-store-sync": "Use services.git-sync instead.\n",
    "services.keepassx": "KeePassX is no longer maintained.\n",
    "programs.thefuck": "The corresponding package was removed from nixpkgs,\nconsider using `programs.pay-respects` instead.\n",
    "programs.octant": "Octant is no longer maintained and project was archived.\n",
    "services.barrier": "The corresponding package was removed from nixpkgs,\n"
    "consider using `deskflow` or `input-leap` instead.\n",
    "programs.just.enable": JUST,
    "programs.just.enableBashIntegration": JUST,
    "programs.just.enableZshIntegration": JUST,
    "programs.just.enableFishIntegration": JUST,
}


class Deprecations(Module):
    """Modules that are gone"""

    namespace = ""
    by_mention = True

    removed = tuple(Removed(f"/{path}", text) for path, text in GONE.items())
