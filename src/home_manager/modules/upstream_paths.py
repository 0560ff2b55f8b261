"""The files of the original that modules stand for whose own path differs: they decide the order of definitions."""

from __future__ import annotations

POSITIONS = {
    "core.activation": "home-environment.nix",
    "core.files": "files.nix",
    "core.foundation": "nixos/modules/misc/assertions.nix",
    "core.home": "home-environment.nix",
    "core.locale": "config/i18n.nix",
    "core.manual": "manual.nix",
    "core.news": "misc/news/default.nix",
    "core.nix_directories": "misc/nix/default.nix",
    "core.package_provider": "home-environment.nix",
    "core.session": "home-environment.nix",
    "core.shell": "misc/shell.nix",
    "core.systemd": "systemd.nix",
    "core.xdg": "misc/xdg/default.nix",
    "core.xdg_mime": "misc/xdg/mime.nix",
    "misc.mozilla": "misc/mozilla-messaging-hosts.nix",
    "misc.nix": "misc/nix/default.nix",
    "misc.xdg_user_dirs": "misc/xdg/user-dirs.nix",
    "programs.brave": "programs/chromium.nix",
    "programs.brave_origin": "programs/chromium.nix",
    "programs.firefox": "programs/firefox/default.nix",
    "programs.google_chrome": "programs/chromium.nix",
    "programs.google_chrome_beta": "programs/chromium.nix",
    "programs.google_chrome_dev": "programs/chromium.nix",
    "programs.microsoft_edge": "programs/chromium.nix",
    "programs.vivaldi": "programs/chromium.nix",
}
"""Module names below `home_manager.modules`, and paths below the original's `modules`."""
