from home_manager.authoring import *


class MullvadVpn(Program):
    """the graphical client of Mullvad VPN"""

    package = Package("mullvad-vpn", nullable=True)
    settings = Settings(
        formats.json,
        file="Mullvad VPN/gui_settings.json",
        darwin="Library/Application Support/Mullvad VPN/gui_settings.json",
        doc="Settings of mullvad-vpn, see <https://github.com/mullvad/mullvadvpn-app/blob/main/desktop/packages/mullvad-vpn/src/main/gui-settings.ts>.",
    )
