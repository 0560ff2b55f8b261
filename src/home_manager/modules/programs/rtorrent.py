from home_manager.authoring import *


class Rtorrent(Program):
    """rTorrent, a client of BitTorrent"""

    package = Package("rtorrent", nullable=True)
    extraConfig = ExtraText(
        file="rtorrent/rtorrent.rc",
        doc="The configuration; see <https://github.com/rakshasa/rtorrent/wiki/Config-Guide>.",
    )
    renamed = Renamed("settings", "extraConfig")
