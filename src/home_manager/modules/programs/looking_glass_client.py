from home_manager.authoring import *


class LookingGlassClient(Program):
    """Looking Glass, a low-latency view of a virtual machine"""

    platforms = ("linux",)
    package = Package("looking-glass-client", nullable=True)
    settings = Settings(
        formats.ini,
        file="looking-glass/client.ini",
        example={
            "app": {"allowDMA": True, "shmFile": "/dev/kvmfr0"},
            "input": {"escapeKey": 62, "rawMouse": True},
            "spice": {"audio": True, "enable": True},
            "win": {"fullScreen": True, "jitRender": True, "showFPS": False},
        },
        doc="Settings of looking-glass-client.",
    )
