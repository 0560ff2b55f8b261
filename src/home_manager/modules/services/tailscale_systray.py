from home_manager.authoring import *


class TailscaleSystray(Service):
    """Official Tailscale systray application for Linux"""

    package = Package("tailscale", install=False)
    theme = option(
        t.null_or(t.enum("dark", "dark:nobg", "light", "light:nobg")),
        default=None,
        example="dark:nobg",
        doc="The colours of the icon.",
    )

    @check
    def recent(self):
        version = self.package["version"]
        if not version_at_least(version, "1.88.1"):
            yield "services.tailscale-systray.enable needs Tailscale 1.88.1 or later, the first with an icon"
        if self.theme is not None and not version_at_least(version, "1.98"):
            yield "services.tailscale-systray.theme needs Tailscale 1.98 or later"

    unit = UserUnit(
        lambda self: f"{exe(self.package)} systray" + ("" if self.theme is None else f" --theme {self.theme}"),
        description="Official Tailscale systray application for Linux",
        requires="tray.target",
        after=["graphical-session.target", "tray.target"],
        part_of="graphical-session.target",
        wanted_by="graphical-session.target",
    )
