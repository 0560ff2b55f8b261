from home_manager.authoring import *


class GhDash(Program):
    """gh-dash, a dashboard of GitHub as an extension of gh"""

    package = Package("gh-dash", nullable=True)
    settings = Settings(
        formats.yaml,
        file="gh-dash/config.yml",
        when=True,
        example={"prSections": [{"title": "My Pull Requests", "filters": "is:open author:@me"}]},
        doc="What is written to {file}`$XDG_CONFIG_HOME/gh-dash/config.yml`.",
    )

    @defines("programs.gh.extensions", when=package)
    def extension(self):
        return [self.package]
