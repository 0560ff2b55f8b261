from home_manager.authoring import *


class GalleryDl(Program):
    """gallery-dl, a downloader of image galleries"""

    package = Package("gallery-dl", nullable=True)
    settings = Settings(
        formats.json,
        file="gallery-dl/config.json",
        example={"extractor": {"base-directory": "~/Downloads"}},
        doc="Settings of gallery-dl, see <https://github.com/mikf/gallery-dl#configuration>.",
    )
