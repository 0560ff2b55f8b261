from home_manager.authoring import *


class Cargo(Program):
    """cargo, and its configuration"""

    package = Package("cargo", nullable=True)
    cargoHome = option(
        t.null_or(t.str),
        default=None,
        example=literal("${config.xdg.dataHome}/cargo"),
        apply=lambda self, path: path and path.removeprefix(f"{self['home.homeDirectory']}/"),
        doc="The directory of cargo, for {env}`CARGO_HOME`: absolute, or relative to the home. With `null` it is `.cargo`.",
    )
    settings = Settings(
        formats.toml,
        file=lambda self: f"{'.cargo' if self.cargoHome is None else self.cargoHome}/config.toml",
        below="home.file",
        when=True,
        doc="What `config.toml` holds, see <https://doc.rust-lang.org/cargo/reference/config.html>.",
    )
    variables = Variables(CARGO_HOME=lambda self: f"{self['home.homeDirectory']}/{self.cargoHome}", when=cargoHome)
