from home_manager.authoring import *


class Ollama(Service):
    """ollama server for local large language models"""

    platforms = ("linux", "darwin")

    package = Package("ollama", install=False)
    host = option(t.str, default="127.0.0.1", example="[::]", doc="The address that the server listens on.")
    port = option(t.port, default=11434, example=11111, doc="The port that the server listens on.")
    acceleration = option(
        t.null_or(t.enum(False, "rocm", "cuda", "vulkan")),
        default=None,
        example="rocm",
        doc="What computes: `false` is the processor alone, `rocm` is for cards of AMD, `cuda` for those of NVIDIA, "
        "`vulkan` for most; `null` leaves it to the package.",
    )
    environmentVariables = option(
        t.attrs_of(t.str),
        default={},
        example={"OLLAMA_LLM_LIBRARY": "cpu", "HIP_VISIBLE_DEVICES": "0,1"},
        doc="Further variables in the environment of the server, which is not that of `ollama run`.",
    )

    def _package(self):
        if self.acceleration is None:
            return self.package
        return self._made(self.package["override"], {"acceleration": self.acceleration})

    def _address(self) -> str:
        return f"{self.host}:{self.port}"

    @defines("home.packages")
    def installed(self):
        return [self._package()]

    unit = UserUnit(
        lambda self: f"{exe(self._package())} serve",
        description="Server for local large language models",
        after="network.target",
        wanted_by="default.target",
        environment=lambda self: [
            *(f"{name}={value}" for name, value in sorted(self.environmentVariables.items())),
            f"OLLAMA_HOST={self._address()}",
        ],
    )

    @defines("launchd.agents")
    def on_darwin(self):
        if not self._is_on("darwin"):
            return None
        config = {
            "ProgramArguments": [exe(self._package()), "serve"],
            "EnvironmentVariables": {**self.environmentVariables, "OLLAMA_HOST": self._address()},
            "KeepAlive": {"Crashed": True, "SuccessfulExit": False},
            "ProcessType": "Background",
        }
        return {"ollama": {"enable": True, "config": config}}
