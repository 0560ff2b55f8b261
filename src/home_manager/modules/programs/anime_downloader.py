from home_manager.authoring import *


class AnimeDownloader(Program):
    """anime-downloader, a downloader and player of series"""

    platforms = ("linux",)
    package = Package("anime-downloader", nullable=True)
    settings = Settings(
        formats.json,
        file="anime-downloader/config.json",
        doc="Settings of anime-downloader, see <https://anime-downlader.readthedocs.io/en/latest/usage/config.html#config-json>.",
    )
