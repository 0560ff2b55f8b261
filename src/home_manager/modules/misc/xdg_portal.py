"""`xdg.portal`: by which applications in sandboxes reach the desktop."""

from home_manager.authoring import *


def joined(value) -> str:
    return ";".join(value) if isinstance(value, list) else str(value)


class Portal(Program):
    """the XDG desktop portal"""

    namespace = "xdg.portal"
    platforms = ("linux",)

    enable = option(
        t.bool,
        default=False,
        example=True,
        doc="Whether to enable the desktop portal. In a NixOS configuration with `home-manager.useUserPackages`, "
        '`environment.pathsToLink` needs `"/share/xdg-desktop-portal"` and `"/share/applications"`.',
    )
    extraPortals = option(
        t.list_of(t.package),
        default=[],
        doc="Implementations of the portal, of which there has to be at least one. They are found through "
        "`NIX_XDG_DESKTOP_PORTAL_DIR`.",
    )
    xdgOpenUsePortal = option(
        t.bool, default=False, doc="Whether `xdg-open` opens things through the portal, by `NIXOS_XDG_OPEN_USE_PORTAL`."
    )
    config = option(
        t.attrs_of(t.attrs_of(t.coerced_to(t.either(t.list_of(t.str), t.str), joined, t.str))),
        default={},
        example={
            "x-cinnamon": {"default": ["xapp", "gtk"]},
            "pantheon": {"default": ["pantheon", "gtk"], "org.freedesktop.impl.portal.Secret": ["gnome-keyring"]},
            "common": {"default": ["gtk"]},
        },
        doc="Which implementation serves which interface, by desktop, see {manpage}`portals.conf(5)`; `common` is for all.",
    )
    configPackages = option(
        t.list_of(t.package),
        default=[],
        example=literal("[ pkgs.gnome.gnome-session ]"),
        doc="Packages with files of that kind; `xdg.portal.config` goes first.",
    )

    @check
    def implemented(self):
        if not self.extraPortals:
            yield (
                "Setting xdg.portal.enable to true requires a portal implementation in xdg.portal.extraPortals such as "
                "xdg-desktop-portal-gtk or xdg-desktop-portal-kde."
            )

    @check
    def linked(self):
        if not (self["submoduleSupport.enable"] and self._is_on("linux")):
            return
        system = self._argument("osConfig")
        if system["home-manager"]["useUserPackages"]:
            shown = system["environment"]["pathsToLink"]
            if "/share/applications" not in shown or "/share/xdg-desktop-portal" not in shown:
                yield (
                    "xdg.portal: since you installed Home Manager via its NixOS module and\n"
                    "'home-manager.useUserPackages' is enabled, your NixOS configuration needs\n\n"
                    "environment.pathsToLink = [ `/share/applications` `/share/xdg-desktop-portal` ];\n\n"
                    "so that portals are found.\n"
                )

    @warn
    def unconfigured(self):
        if not self.configPackages and not self.config:
            yield (
                "Since version 1.17, xdg-desktop-portal has to be told which implementation serves an interface: set\n"
                "`xdg.portal.config` or `xdg.portal.configPackages`.\n\n"
                "To take the first one by name, as before, use the following:\n\n"
                'xdg.portal.config.common.default = "*";\n'
            )

    def _directory(self) -> str:
        return f"{self['home.profileDirectory']}/share/xdg-desktop-portal/portals"

    @defines("home.packages")
    def packages(self):
        return [self.pkgs["xdg-desktop-portal"], *self.extraPortals, *self.configPackages]

    @defines("home.sessionVariables")
    def variables(self):
        if self.xdgOpenUsePortal:
            yield {"NIXOS_XDG_OPEN_USE_PORTAL": "1"}
        yield {"NIX_XDG_DESKTOP_PORTAL_DIR": self._directory()}

    @defines("systemd.user.sessionVariables")
    def for_services(self):
        return {"NIX_XDG_DESKTOP_PORTAL_DIR": self._directory()}

    @defines("xdg.configFile")
    def files(self):
        return {
            f"xdg-desktop-portal/{'' if desktop == 'common' else f'{desktop}-'}portals.conf": {
                "text": formats.ini.render({"preferred": preferred})
            }
            for desktop, preferred in self.config.items()
            if preferred
        }
