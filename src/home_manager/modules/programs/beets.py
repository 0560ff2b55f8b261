from home_manager.authoring import *


class MpdIntegration(Options):
    """MPD."""

    enableStats = option(
        t.bool, default=False, example=True, doc="Whether to enable the plugin `mpdstats` and its service."
    )
    enableUpdate = option(t.bool, default=False, example=True, doc="Whether to enable the plugin `mpdupdate`.")
    host = option(t.str, default="localhost", example="10.0.0.42", doc="The host of MPD.")
    port = option(
        t.port,
        default=lambda self: self["services.mpd.network.port"],
        default_text="config.services.mpd.network.port",
        example=6601,
        doc="The port of MPD.",
    )


class Beets(Program):
    """beets, a manager of music"""

    by_mention = True

    enable = option(
        t.bool,
        default=lambda self: not self._state_at_least("19.03") and bool(self.settings),
        default_text='if lib.versionAtLeast config.home.stateVersion "19.03" then false '
        "else config.programs.beets.settings != { }\n",
        doc="Whether to enable beets. State versions before 19.03 enable it where there are settings.",
    )
    package = Package(
        "beets",
        example="(pkgs.beets.override { pluginOverrides = { beatport.enable = false; }; })",
        extra="A package with other plugins brings these.",
    )
    settings = Settings(formats.yaml, file="beets/config.yaml", when=True, doc="The configuration of beets.")
    mpdIntegration = group(MpdIntegration)

    @defines(".settings", always=True)
    def plugins(self):
        mpd = self.mpdIntegration
        if mpd.enableStats or mpd.enableUpdate:
            yield {"mpd": {"host": mpd.host, "port": mpd.port}}
        if mpd.enableStats:
            yield {"plugins": ["mpdstats"]}
        if mpd.enableUpdate:
            yield {"plugins": ["mpdupdate"]}

    stats = UserUnit(
        lambda self: f"{self.package}/bin/beet mpdstats",
        name="beets-mpdstats",
        description="Beets MPDStats daemon",
        after=lambda self: ["mpd.service"] if self["services.mpd.enable"] else [],
        requires=lambda self: ["mpd.service"] if self["services.mpd.enable"] else [],
        wanted_by="default.target",
        when=lambda self: self.mpdIntegration.enableStats,
    )
