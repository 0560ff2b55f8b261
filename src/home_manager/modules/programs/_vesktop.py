"""What Vesktop and Equibop have in common: clients of Discord, each with something that changes it."""

from typing import Any, ClassVar

from home_manager.authoring import *


class _Cord(Options):
    """What changes Discord."""

    themes = option(
        t.attrs_of(t.one_of(t.lines, t.path)),
        default={},
        doc="Themes, as style sheets or files of them. The setting `enabledThemes` names those that are used, such as "
        "`NAME.css`.",
    )
    extraQuickCss = option(
        t.lines,
        default="",
        example="/* disable webcam preview mirroring */\n.media-engine-video { transform: none; }\n",
        doc="Rules of style.",
    )


def cord_settings(name, link):
    return option(
        t.json,
        default={},
        example={
            "autoUpdate": False,
            "autoUpdateNotification": False,
            "notifyAboutUpdates": False,
            "useQuickCss": True,
            "disableMinSize": True,
            "plugins": {"MessageLogger": {"enabled": True, "ignoreSelf": True}, "FakeNitro": {"enabled": True}},
        },
        doc=f"The settings of {name}, see <{link}>.",
    )


def client_settings(name, link):
    return option(
        t.json,
        default={},
        example=literal(
            "{\n  appBadge = false;\n  arRPC = true;\n  checkUpdates = false;\n  minimizeToTray = false;\n"
            '  tray = false;\n  splashColor = "#ffffff";\n  discordBranch = "stable";\n}\n'
        ),
        doc=f"The settings of {name}, see <{link}>.",
    )


class _Client(Program):
    """A client of Discord."""

    cord: ClassVar[str]
    settings: Any

    @defines("home.file")
    def files(self):
        prefix = "Library/Application Support" if self._is_on("darwin") else self["xdg.configHome"]
        directory, cord = f"{prefix}/{self._base[-1]}", getattr(self, self.cord)
        if self.settings:
            yield {f"{directory}/settings.json": {"text": formats.json.render(self.settings)}}
        if cord.settings:
            yield {f"{directory}/settings/settings.json": {"text": formats.json.render(cord.settings)}}
        if cord.extraQuickCss:
            yield {f"{directory}/settings/quickCss.css": {"text": cord.extraQuickCss}}
        for name, theme in cord.themes.items():
            is_text = isinstance(theme, str) and not theme.startswith("/nix/store/")
            yield {f"{directory}/themes/{name}.css": {"text" if is_text else "source": theme}}
