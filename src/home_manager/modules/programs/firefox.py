from home_manager.authoring import *
from home_manager.modules.programs._firefox import (
    _Browser,
    directory_option,
    internal_text,
    package_option,
    profiles_option,
)

GONE = "Support for this option has been removed."
XDG_SINCE = "26.05"
"""The state version from which on the profiles lie below the XDG directory for configuration."""


def directory(self):
    if not self._state_at_least(XDG_SINCE):
        return ".mozilla/firefox"
    return f"{self['xdg.configHome'].removeprefix(self['home.homeDirectory'] + '/')}/mozilla/firefox"


class Firefox(_Browser):
    """Firefox."""

    app = "Firefox"

    package = package_option("firefox")
    name = internal_text("The name of the browser.", default="Firefox", example="Firefox")
    wrappedPackageName = internal_text("The name of its package.", t.null_or(t.str), default="firefox")
    darwinAppName = internal_text("The name of the application on macOS.", default="Firefox")
    darwinDefaultsId = option(
        t.null_or(t.str),
        default="org.mozilla.firefox.plist",
        example="org.mozilla.firefox.plist",
        doc="The domain of macOS's defaults that policies go to; `null` for none.",
    )
    configPath = directory_option(directory, "Library/Application Support/Firefox", linux_text='".mozilla/firefox"')
    profiles = profiles_option(
        "Firefox",
        example=literal(
            '{\n  "dev-edition-default" = {\n    id = 0;\n    path = config.home.username;\n\n    settings = {\n'
            '      "browser.aboutConfig.showWarning" = false;\n    };\n  };\n}\n'
        ),
    )
    removed = (
        Removed(
            "extensions",
            "Extensions are now managed per-profile. That is, change from\n\n"
            "  programs.firefox.extensions = [ foo bar ];\n\nto\n\n"
            "  programs.firefox.profiles.myprofile.extensions.packages = [ foo bar ];",
        ),
        Removed("enableAdobeFlash", GONE),
        Removed("enableGoogleTalk", GONE),
        Removed("enableIcedTea", GONE),
    )

    @warn
    def directory_will_move(self):
        is_default = not self._option("configPath").definitions()
        if is_default and not self._state_at_least(XDG_SINCE) and not self._is_on("darwin"):
            new = '"${config.xdg.configHome}/mozilla/firefox"'
            yield (
                f'The default value of `programs.firefox.configPath` has changed from `".mozilla/firefox"` to `{new}`.\n'
                'You are currently using the legacy default (`".mozilla/firefox"`) because `home.stateVersion` is less '
                f'than "{XDG_SINCE}".\nTo silence this warning and keep legacy behavior, set:\n'
                '  programs.firefox.configPath = ".mozilla/firefox";\nTo adopt the new default behavior, set:\n'
                f"  programs.firefox.configPath = {new};\n\nTo migrate to the XDG path, move `~/.mozilla/firefox` to\n"
                "`$XDG_CONFIG_HOME/mozilla/firefox` and remove the old directory.\n"
                "Native messaging hosts are not moved by this option change.\n"
            )
