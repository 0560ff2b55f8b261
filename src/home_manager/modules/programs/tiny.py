from home_manager.authoring import *


class Tiny(Program):
    """tiny, a TUI IRC client written in Rust"""

    package = Package("tiny")
    settings = Settings(
        formats.yaml,
        file="tiny/config.yml",
        darwin="Library/Application Support/tiny/config.yml",
        default_text="{ }",
        example=literal(
            '{\n  servers = [\n    {\n      addr = "irc.libera.chat";\n      port = 6697;\n      tls = true;\n'
            '      realname = "John Doe";\n      nicks = [ "tinyuser" ];\n    }\n  ];\n  defaults = {\n'
            '    nicks = [ "tinyuser" ];\n    realname = "John Doe";\n    join = [];\n    tls = true;\n  };\n};\n'
        ),
        doc="The settings of tiny, see <https://github.com/osa1/tiny/blob/master/crates/tiny/config.yml>.",
    )
