from home_manager.authoring import *

OLD = {"addr": "address", "nick": "nickname", "no-tls": "tls"}


class Config(Options):
    """The configuration of senpai."""

    freeform = t.attrs_of(t.anything)

    address = option(
        t.str,
        doc="The server, with its port after a colon where that is neither 6697 nor, without encryption, 6667. A URL may "
        "stand in its place.",
    )
    nickname = option(t.str, doc="The name of the user, without spaces and colons.")
    password = option(t.null_or(t.str), default=None, doc="The password, which everybody can read in the store.")
    password_cmd = option(
        t.null_or(t.list_of(t.str)),
        name="password-cmd",
        default=None,
        example=["gopass", "show", "irc/guest"],
        doc="A command that prints the password, in place of `password`.",
    )


def directives(values):
    for name, value in sorted(values.items()):
        if not isinstance(value, dict):
            yield {"name": name, "params": value if isinstance(value, list) else [value]}
            continue
        params = {"params": value["_params"]} if "_params" in value else {}
        children = list(directives({key: each for key, each in value.items() if key != "_params"}))
        yield {"name": name, **params, **({"children": children} if children else {})}


class Senpai(Program):
    """senpai"""

    package = Package("senpai")
    config = option(
        t.submodule(Config),
        example={"address": "libera.chat:6697", "nickname": "nicholas", "password": "verysecurepassword"},
        doc="The configuration, see {manpage}`senpai(5)`.",
    )

    @check
    def names_are_current(self):
        if self.config["password-cmd"] is not None and self.config.password is not None:
            yield "senpai: password-cmd overrides password!"
        for old, new in OLD.items():
            if old in self.config:
                yield f"senpai: {old} is deprecated, use {new} instead"

    @defines("home.file")
    def file(self):
        prefix = "Library/Application Support" if self._is_on("darwin") else self["xdg.configHome"]
        text = formats.scfg.render(list(directives(self.config)))
        return {f"{prefix}/senpai/senpai.scfg": {"text": text}}
