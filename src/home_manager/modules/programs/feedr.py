from home_manager.authoring import *


class Feedr(Program):
    """Feedr, a feature-rich terminal-based RSS/Atom feed reader written in Rust"""

    package = Package("feedr", nullable=True)
    settings = Settings(
        formats.toml,
        file="feedr/config.toml",
        example=literal(
            "{\n  general = {\n    max_dashboard_items = 100;\n    auto_refresh_interval = 0;\n  };\n"
            '  ui = {\n    tick_rate = 100;\n    theme = "dark";\n  };\n  default_feeds = [\n    {\n'
            '      url = "https://nixos.org/blog/stories-rss.xml";\n      category = "NixOS";\n    }\n  ];\n};\n'
        ),
        doc="The settings of feedr, see <https://github.com/bahdotsh/feedr>.",
    )
