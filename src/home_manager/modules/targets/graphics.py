"""`targets.genericLinux.nixGL` and `.gpu`: graphics drivers on other distributions.

Packages that come from the distribution find its drivers by themselves. The options are there so that configurations
need not change; nothing is wrapped or set up, and `config.lib.nixGL` has functions that give back their package.
"""

from home_manager.authoring import *

NEEDS = "Nvidia proprietary driver is enabled, {} must be given.\n"

WRAPPERS = ("mesa", "mesaPrime", "nvidia", "nvidiaPrime")


class Prime(Options):
    """Two graphics cards."""

    card = option(t.str, default="1", example="pci-0000_06_00_0", doc="The card that does the work.")
    nvidiaProvider = option(t.null_or(t.str), default=None, example="NVIDIA-G0", doc="The provider of Nvidia's driver.")
    installScript = option(
        t.null_or(t.enum("mesa", "nvidia")), default=None, doc="Which script `prime-offload` would be installed."
    )


class Vulkan(Options):
    """Vulkan."""

    enable = option(t.bool, default=False, example=True, doc="Whether wrapped programs would find Vulkan.")


class NixGL(Module):
    """nixGL"""

    namespace = "targets.genericLinux.nixGL"
    by_mention = True

    packages = option(
        t.null_or(t.attrs),
        default=None,
        doc="The packages of nixGL. They are not needed here, where packages are the distribution's.",
    )
    defaultWrapper = option(t.enum(*WRAPPERS), default="mesa", doc="What `config.lib.nixGL.wrap` would stand for.")
    offloadWrapper = option(
        t.enum(*WRAPPERS), default="mesaPrime", doc="What `config.lib.nixGL.wrapOffload` would stand for."
    )
    prime = group(Prime)
    renamed = tuple(
        Renamed(f"/nixGL.{name}", name)
        for name in (
            "packages",
            "defaultWrapper",
            "offloadWrapper",
            "installScripts",
            "prime.card",
            "prime.nvidiaProvider",
            "prime.installScript",
            "vulkan.enable",
        )
    )
    installScripts = option(
        t.null_or(t.list_of(t.enum(*WRAPPERS))),
        default=None,
        example=["mesa", "mesaPrime"],
        doc="Which scripts would be installed.",
    )
    vulkan = group(Vulkan)


class Nvidia(Options):
    """Nvidia's own driver."""

    enable = option(t.bool, default=False, example=True, doc="Whether Nvidia's own driver is used.")
    version = option(
        t.null_or(t.str_matching(r"[0-9]{3}\.[0-9]{2,3}(\.[0-9]{2,3})?")),
        default=None,
        example="550.163.01",
        doc="The version of the driver, that of the running kernel.",
    )
    sha256 = option(t.null_or(t.str_matching("sha256-.*=")), default=None, doc="The hash of the driver.")


class Gpu(Module):
    """Graphics drivers"""

    namespace = "targets.genericLinux.gpu"
    by_mention = True

    enable = option(
        t.bool,
        default=lambda self: (
            self["targets.genericLinux.enable"] and self["targets.genericLinux.nixGL.packages"] is None
        ),
        default_text="config.targets.genericLinux.enable && config.targets.genericLinux.nixGL.packages == null",
        doc="Whether packages shall find graphics drivers; those of the distribution do so anyway.",
    )
    packages = option(
        t.attrs, default=lambda self: self.pkgs, default_text="pkgs", doc="The package set that has the drivers."
    )
    nixStateDirectory = option(t.path, default="/nix/var/nix", doc="Where Nix keeps its state.")
    nvidia = group(Nvidia)

    @check
    def nvidia_is_complete(self):
        if self.enable and self.nvidia.enable:
            if self.nvidia.version is None:
                yield NEEDS.format("version") + "Please set targets.genericLinux.gpu.nvidia.version.\n"
            if self.nvidia.sha256 is None:
                yield NEEDS.format("driver hash") + "Please set targets.genericLinux.gpu.nvidia.sha256.\n"
