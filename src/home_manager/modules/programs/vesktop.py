from home_manager.authoring import *
from home_manager.modules.programs._mail import enabled


class Vencord(Options):
    """Vencord, which changes Discord."""

    useSystem = enabled("Vencord package from Nixpkgs")
    themes = option(
        t.attrs_of(t.one_of(t.lines, t.path)),
        default={},
        doc="Themes, as style sheets or files of them. The setting `enabledThemes` names those that are used, such as "
        "`NAME.css`.",
    )
    settings = option(
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
        doc="The settings of Vencord, see <https://github.com/Vendicated/Vencord/blob/main/src/api/Settings.ts>.",
    )
    extraQuickCss = option(
        t.lines,
        default="",
        example="/* disable webcam preview mirroring */\n.media-engine-video { transform: none; }\n",
        doc="Rules of style.",
    )


class Vesktop(Program):
    """Vesktop, a client of Discord"""

    package = Package("vesktop", nullable=True, install=False)
    settings = option(
        t.json,
        default={},
        example=literal(
            "{\n  appBadge = false;\n  arRPC = true;\n  checkUpdates = false;\n  minimizeToTray = false;\n"
            '  tray = false;\n  splashColor = "#ffffff";\n  discordBranch = "stable";\n}\n'
        ),
        doc="The settings of Vesktop, see <https://github.com/Vencord/Vesktop/blob/main/src/shared/settings.d.ts>.",
    )
    vencord = group(Vencord)

    @defines("home.packages", when=package)
    def installed(self):
        return [self._made(self.package["override"], {"withSystemVencord": self.vencord.useSystem})]

    @defines("home.file")
    def files(self):
        prefix = "Library/Application Support" if self._is_on("darwin") else self["xdg.configHome"]
        directory, vencord = f"{prefix}/vesktop", self.vencord
        if self.settings:
            yield {f"{directory}/settings.json": {"text": formats.json.render(self.settings)}}
        if vencord.settings:
            yield {f"{directory}/settings/settings.json": {"text": formats.json.render(vencord.settings)}}
        if vencord.extraQuickCss:
            yield {f"{directory}/settings/quickCss.css": {"text": vencord.extraQuickCss}}
        for name, theme in vencord.themes.items():
            is_text = isinstance(theme, str) and not theme.startswith("/nix/store/")
            yield {f"{directory}/themes/{name}.css": {"text" if is_text else "source": theme}}
