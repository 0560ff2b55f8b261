from home_manager.authoring import *


class Rule(Options):
    """A rule"""

    freeform = t.yaml

    name = option(t.str, doc="The name of the rule, a single line.")
    target = option(t.str, default="", example="~/.ssh", doc="The file or directory that programs look for.")
    rewrite = option(
        t.str, default="", example=literal('"${config.xdg.configHome}/ssh"'), doc="The place that they find instead."
    )
    mode = option(t.enum("file", "directory"), default="directory", doc="Whether the target is a file or a directory.")
    only = option(
        t.list_of(t.str), default=[], example=["bash", "/usr/bin/sh"], doc="The only programs that are concerned."
    )
    context = option(
        t.list_of(t.str),
        default=[],
        example=["/home/example/Projects/my-project"],
        doc="The only working directories in which the rule holds.",
    )
    env = option(
        t.attrs_of(t.str), default={}, example={"MY_ENV_VAR": "my_env_var_value"}, doc="Variables that are set as well."
    )


class Boxxy(Program):
    """boxxy, a sandbox that puts misplaced files of programs elsewhere"""

    platforms = ("linux",)
    package = Package("boxxy", nullable=True)
    rules = Settings(
        formats.yaml,
        file="boxxy/boxxy.yaml",
        type=t.list_of(t.submodule(Rule)),
        default=[],
        render=lambda self, rules: formats.yaml.render({"rules": rules}),
        doc="The rules.",
    )
