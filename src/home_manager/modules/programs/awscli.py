from home_manager.authoring import *


class Sections(Options):
    """The sections of a file"""

    freeform = formats.ini.type


class Awscli(Program):
    """awscli, the command line of Amazon Web Services"""

    package = Package("awscli2", nullable=True)
    settings = Settings(
        formats.ini,
        type=t.submodule(Sections),
        file=".aws/config",
        below="home.file",
        example={"default": {"output": "json", "region": "eu-west-3"}},
        doc="The sections of `~/.aws/config`.",
    )
    credentials = Settings(
        formats.ini,
        type=t.submodule(Sections),
        file=".aws/credentials",
        below="home.file",
        example=literal('{\n  "default" = {\n    "credential_process" = "${pkgs.pass}/bin/pass show aws";\n  };\n}\n'),
        doc="The sections of `~/.aws/credentials`. Everybody can read them in the store, so no secret belongs here: "
        "`credential_process` can ask a password manager, and IAM Identity Center gives credentials for a short time. "
        "See <https://docs.aws.amazon.com/cli/latest/userguide/cli-chap-authentication.html>.",
    )
