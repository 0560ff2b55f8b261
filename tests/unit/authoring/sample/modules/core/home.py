"""The home, its files and shells."""

from home_manager.authoring import Module, Options, default, defines, group, option, t


class File(Options):
    enable = option(t.bool, default=True, doc="Whether to make the file.")
    target = option(t.non_empty_str, default=lambda self: self._name, default_text="name", doc="Where it goes.")
    text = option(t.null_or(t.lines), default=None, doc="What is in it.")
    source = option(t.path, doc="What it links to.")
    onChange = option(t.lines, default="", doc="What to run then.")

    @defines(".source", when=lambda self: self.text is not None)
    def from_text(self):
        return default("/text/" + self.text)


class Shell(Options):
    enableShellIntegration = option(t.bool, default=True, doc="All of them.")
    enableBashIntegration = option(t.bool, default=lambda self: self.enableShellIntegration, doc="Bash.")
    enableZshIntegration = option(t.bool, default=lambda self: self.enableShellIntegration, doc="Zsh.")


class Home(Module):
    """The home"""

    namespace = "home"

    packages = option(t.list_of(t.package), default=[], doc="Packages.")
    homeDirectory = option(t.path, default="/home/alice", doc="Where it is.")
    stateVersion = option(t.str, default="25.11", doc="Which defaults hold.")
    sessionVariables = option(t.lazy_attrs_of(t.either(t.str, t.int)), default={}, doc="Variables.")
    file = option(t.attrs_of(t.submodule(File)), default={}, doc="Files.")
    shell = group(Shell)


class Xdg(Module):
    """Directories"""

    namespace = "xdg"

    enable = option(t.bool, default=False, doc="Whether to manage the directories.")
    configHome = option(t.str, default=lambda self: self["home.homeDirectory"] + "/.config", doc="Where files go.")
    configFile = option(t.attrs_of(t.submodule(File)), default={}, doc="Files there.")

    @defines("home.file")
    def files(self):
        for file in self.configFile.values():
            yield {".config/" + file.target: {"source": file.source, "onChange": file.onChange}}


class Messages(Module):
    """Assertions and warnings"""

    namespace = ""

    assertions = option(t.list_of(t.unspecified), default=[], doc="What must hold.")
    warnings = option(t.list_of(t.str), default=[], doc="What to say.")


class Units(Module):
    """Units"""

    namespace = "systemd.user"

    services = option(t.attrs_of(t.attrs_of(t.attrs_of(t.anything))), default={}, doc="Services.")
    timers = option(t.attrs_of(t.attrs_of(t.attrs_of(t.anything))), default={}, doc="Timers.")


class Agents(Module):
    """Agents"""

    namespace = "launchd"

    agents = option(t.attrs_of(t.anything), default={}, doc="Agents.")


class Account(Options):
    address = option(t.str, doc="The address.")


class Accounts(Module):
    """Accounts"""

    namespace = "accounts.email"

    accounts = option(t.attrs_of(t.submodule(Account)), default={}, doc="Accounts.")
