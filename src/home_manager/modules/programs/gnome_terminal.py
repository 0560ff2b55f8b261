import re

from home_manager.authoring import *

UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
BELOW = "org/gnome/terminal/legacy"
ERASE = t.enum("auto", "ascii-backspace", "ascii-delete", "delete-sequence", "tty")
"""What a key that erases can send: a control character, the sequence `@7`, or what the terminal's line says."""


def unset(type, doc):
    return option(t.null_or(type), default=None, doc=doc)


class Pair(Options):
    """Two colours"""

    background = option(t.str, doc="The colour behind the text.")
    foreground = option(t.str, doc="The colour of the text.")


class Colors(Options):
    """The colours of a profile"""

    backgroundColor = option(t.str, doc="The colour behind the text.")
    foregroundColor = option(t.str, doc="The colour of the text.")
    boldColor = unset(t.str, "The colour of bold text; that of other text unless it is set.")
    palette = option(t.list_of(t.str), doc="The colours that programs choose by number.")
    cursor = unset(t.submodule(Pair), "The colours at the cursor.")
    highlight = unset(t.submodule(Pair), "The colours of what is selected.")


class Profile(Options):
    """A profile"""

    allowBold = unset(t.bool, "Whether programs get bold letters.")
    audibleBell = option(t.bool, default=True, doc="Whether the bell sounds.")
    backspaceBinding = option(
        ERASE,
        default="ascii-delete",
        doc="What Backspace sends: `ascii-backspace` is `0x08`, `ascii-delete` `0x7F`, `delete-sequence` the sequence "
        "`@7`, `tty` what the terminal is set to erase with; `auto` leaves it to GNOME Terminal.",
    )
    boldIsBright = unset(t.bool, "Whether bold text has bright colours.")
    colors = unset(t.submodule(Colors), "The colours; those of the desktop unless they are set.")
    cursorBlinkMode = option(t.enum("system", "on", "off"), default="system", doc="Whether the cursor blinks.")
    cursorShape = option(t.enum("block", "ibeam", "underline"), default="block", doc="The shape of the cursor.")
    customCommand = unset(t.str, "The command that runs instead of the user's shell.")
    default = option(t.bool, default=False, doc="Whether new windows have this profile.")
    deleteBinding = option(
        ERASE, default="delete-sequence", doc="What Delete sends; the values are those of `backspaceBinding`."
    )
    font = unset(t.str, "The font; that of the desktop unless it is set.")
    loginShell = option(t.bool, default=False, doc="Whether the shell is started as one for logins.")
    scrollOnOutput = option(t.bool, default=True, doc="Whether output scrolls to the end.")
    scrollbackLines = option(t.null_or(t.int), default=10000, doc="How many lines are kept; `null` for all.")
    showScrollbar = option(t.bool, default=True, doc="Whether there is a scroll bar.")
    transparencyPercent = unset(t.between(0, 100), "How transparent the background is, in percent.")
    visibleName = option(t.str, doc="The name that is shown.")


class GnomeTerminal(Program):
    """GNOME Terminal"""

    package = Package("gnome-terminal", nullable=True)
    profile = option(
        t.attrs_of(t.submodule(Profile)), default={}, doc="Profiles by UUID; `uuidgen` of util-linux makes one."
    )
    showMenubar = option(t.bool, default=True, doc="Whether windows have a menu bar.")
    themeVariant = option(
        t.enum("default", "light", "dark", "system"), default="default", doc="The variant of the desktop's theme."
    )

    @check
    def names_are_uuids(self):
        wrong = [name for name in self.profile if not UUID.fullmatch(name)]
        if wrong:
            yield (
                "The attribute name of a Gnome Terminal profile must be a UUID.\n"
                f"Incorrect profile names: {', '.join(wrong)}"
            )
        elif self.profile and not self._defaults():
            yield "No profile of programs.gnome-terminal.profile is that of new windows: set `default = true` in one."

    def _defaults(self):
        return [name for name, profile in self.profile.items() if profile.default]

    @defines("dconf.settings")
    def in_dconf(self):
        yield {
            BELOW: {
                "default-show-menubar": self.showMenubar,
                "theme-variant": self.themeVariant,
                "schema-version": 3,
            },
        }
        if self.profile:
            yield {f"{BELOW}/profiles:": {"default": self._defaults()[0], "list": list(self.profile)}}
        yield {f"{BELOW}/profiles:/:{name}": settings(profile) for name, profile in self.profile.items()}

    @defines("programs.bash.enableVteIntegration")
    def in_bash(self):
        return True

    @defines("programs.zsh.enableVteIntegration")
    def in_zsh(self):
        return True


def settings(profile):
    """The settings of a profile in dconf."""
    lines = profile.scrollbackLines
    return {
        "audible-bell": profile.audibleBell,
        "visible-name": profile.visibleName,
        "scroll-on-output": profile.scrollOnOutput,
        "scrollbar-policy": "always" if profile.showScrollbar else "never",
        **({"scrollback-unlimited": True} if lines is None else {"scrollback-lines": lines}),
        "cursor-shape": profile.cursorShape,
        "cursor-blink-mode": profile.cursorBlinkMode,
        "login-shell": profile.loginShell,
        "backspace-binding": profile.backspaceBinding,
        "delete-binding": profile.deleteBinding,
        **switched("use-custom-command", True, {"custom-command": profile.customCommand}),
        **switched("use-system-font", False, {"font": profile.font}),
        **({"use-theme-colors": True} if profile.colors is None else colors(profile, profile.colors)),
    }


def switched(switch, on, values):
    """Settings, and the switch that says whether they hold: they do unless they are null."""
    given = {name: value for name, value in values.items() if value is not None}
    return {switch: on if given else not on, **given}


def colors(profile, own):
    given = {
        "use-theme-colors": False,
        "foreground-color": own.foregroundColor,
        "background-color": own.backgroundColor,
        "palette": own.palette,
        **switched("bold-color-same-as-fg", False, {"bold-color": own.boldColor}),
    }
    for name, pair in (("cursor", own.cursor), ("highlight", own.highlight)):
        both = {} if pair is None else {f"{name}-{part}-color": pair[part] for part in ("foreground", "background")}
        given |= switched(f"{name}-colors-set", True, both)
    bold = {"allow-bold": profile.allowBold, "bold-is-bright": profile.boldIsBright}
    given |= {name: value for name, value in bold.items() if value is not None}
    if profile.transparencyPercent is not None:
        given |= {
            "background-transparency-percent": profile.transparencyPercent,
            "use-theme-transparency": False,
            "use-transparent-background": True,
        }
    return given
