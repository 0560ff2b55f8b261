from home_manager.authoring import *
from home_manager.modules import _graphical

PAGE = "https://github.com/System64fumo/syshud"


class Syshud(Service):
    """syshud"""

    package = Package("syshud")
    settings = Settings(
        formats.ini,
        type=t.ini_section(),
        file="sys64/hud/config.conf",
        render=lambda self, settings: formats.ini.render({"main": settings}),
        example={"position": "bottom", "width": 300, "show-percentage": True, "listeners": "audio_in,audio_out"},
        doc=f"The settings, see <{PAGE}?tab=readme-ov-file#configuration>.",
    )
    style = _graphical.style("syshud", "sys64/hud/style.css", doc=f"See <{PAGE}/blob/main/style.css>.")
    unit = _graphical.session_unit(
        lambda self: exe(self.package), description="syshud", restart="always", service={"RestartSec": 10}
    )
