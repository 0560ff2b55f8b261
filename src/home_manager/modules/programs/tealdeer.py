from home_manager.authoring import *


class Updates(Options):
    """When pages are fetched"""

    freeform = t.toml

    auto_update = option(t.bool, default=False, example=True, doc="Whether tealdeer itself fetches new pages.")
    auto_update_interval_hours = option(t.positive, default=720, example=24, doc="After how many hours it does.")


class Configuration(Options):
    """What config.toml holds"""

    freeform = t.toml

    updates = option(t.submodule(Updates), default={}, doc="When pages are fetched.")


class Tealdeer(Program):
    """tealdeer, short manual pages from the community"""

    package = Package("tealdeer")
    settings = Settings(
        formats.toml,
        file="tealdeer/config.toml",
        darwin=application_support("tealdeer/config.toml"),
        type=t.null_or(t.submodule(Configuration)),
        default=None,
        example={"display": {"compact": False, "use_pager": True}, "updates": {"auto_update": False}},
        doc="The settings of tealdeer, see <https://tealdeer-rs.github.io/tealdeer/config.html>.",
    )
    enableAutoUpdates = option(
        t.bool, default=True, example=False, doc="Whether a service of the user fetches new pages from time to time."
    )
    removed = (
        Removed(
            "updateOnActivation",
            "Fetching pages needs the network, which a switch must not. "
            "`programs.tealdeer.settings.updates.auto_update = true` has tealdeer fetch them when it runs.",
        ),
    )

    @defines("services.tldr-update", when=enableAutoUpdates)
    def updates(self):
        return {"enable": True, "package": self.package}
