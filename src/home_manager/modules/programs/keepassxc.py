from home_manager.authoring import *

BROWSERS = ("brave", "chromium", "firefox", "floorp", "vivaldi")


class Keepassxc(Program):
    """KeePassXC, a store of passwords"""

    enable = option(
        t.bool,
        default=False,
        example=True,
        doc="Whether to enable KeePassXC. Browsers are then told how to talk to it. KeePassXC wants to do the same when it is "
        "started, and fails: turn that off with `settings.Browser.UpdateBinaryPath = false`, or in its own settings of the "
        "integration of browsers.",
    )
    package = Package("keepassxc", nullable=True)
    settings = Settings(
        formats.ini,
        file="keepassxc/keepassxc.ini",
        darwin="Library/Application Support/KeePassXC/keepassxc.ini",
        example={
            "Browser": {"Enabled": True},
            "GUI": {"AdvancedSettings": True, "ApplicationTheme": "dark", "CompactMode": True, "HidePasswords": True},
            "SSHAgent": {"Enabled": True},
        },
        doc="The settings; see <https://github.com/keepassxreboot/keepassxc/blob/develop/src/core/Config.cpp>. KeePassXC "
        "says that it cannot write to the file, which is so.",
    )
    autostart = option(t.bool, default=False, example=True, doc="Whether a session of the desktop starts KeePassXC.")
    hosts = tuple(
        defines(f"programs.{browser}.nativeMessagingHosts", when="package")(lambda self: [self.package])
        for browser in BROWSERS
    )

    @check
    def autostart_is_on(self):
        if self.autostart and not self["xdg.autostart.enable"]:
            yield "`programs.keepassxc.autostart` needs `xdg.autostart.enable`, which is off.\n"

    @defines("xdg.autostart.entries", when=autostart)
    def entry(self):
        return [f"{self.package}/share/applications/org.keepassxc.KeePassXC.desktop"]
