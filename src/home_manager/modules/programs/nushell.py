from collections.abc import Iterator
from typing import Any

from home_manager.authoring import *

CONFIG_DIRECTORY = """\
if pkgs.stdenv.hostPlatform.isDarwin && !config.xdg.enable then
  "Library/Application Support/nushell"
else
  "${config.xdg.configHome}/nushell";
"""


def is_inline(value) -> bool:
    """Whether a value is code of the language, to be written as it is."""
    return isinstance(value, dict) and value.get("_type") == "nushell-inline"


def any_value(nested):
    """The type of what can be written in Nushell; `nested` is the type of what is in sets and lists."""
    return t.null_or(
        t.one_of(
            t.described(t.narrowed(t.attrs, is_inline), "Nushell inline value", class_="name"),
            t.bool,
            t.int,
            t.float,
            t.str,
            t.path,
            t.described(t.attrs_of(nested), "attribute set of Nushell values", class_="name"),
            t.described(t.list_of(nested), "list of Nushell values", class_="name"),
        )
    )


VALUE = any_value(t.recursive("Nushell value", any_value))


def flattened(settings: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """The leaves of nested settings with their dotted paths, so that each can be assigned by itself."""
    for name, value in sorted(settings.items()):
        if isinstance(value, dict) and "_type" not in value:
            yield from flattened(value, f"{prefix}{formats.nushell.member(name)}.")
        else:
            yield f"{prefix}{formats.nushell.member(name)}", value


def file_option(name: str, example):
    """An option for one of the files that Nushell reads when it starts."""

    class StartFile(Options):
        text = option(
            t.lines,
            default=lambda self: "" if self.source is None else self._made(self.pkgs["lib"]["readFile"], self.source),
            default_text="if source is defined, the content of source, otherwise empty",
            doc=f"The text of `{name}`.",
        )
        source = option(
            t.null_or(t.path), default=None, doc=f"A file with the text of `{name}`; `text` comes before it."
        )

    return option(t.null_or(t.submodule(StartFile)), default=None, example=example, doc=f"The file `{name}`.")


def in_directory(name: str):
    """The path of one of these files."""
    return lambda self: f"{self.configDir}/{name}"


def with_extra(file, extra: str) -> str:
    """The text of such an option, and the further lines."""
    return extra if file is None else f"{file.text}\n{extra}"


class Nushell(Program):
    """Nushell"""

    package = Package("nushell", nullable=True)
    configDir = option(
        t.either(t.str, t.path),
        default=lambda self: self._usual_directory(),
        default_text=CONFIG_DIRECTORY,
        doc="The directory of `config.nu`, `env.nu` and `login.nu`, of the history and of the registered plugins.",
    )
    configFile = file_option("config.nu", literal("{ text = \"$env.config.table_mode = 'rounded'\"; }"))
    envFile = file_option("env.nu", literal("{ text = \"$env.FOO = 'BAR'\"; }"))
    loginFile = file_option("login.nu", literal("{ text = \"print 'Welcome'\"; }"))
    extraConfig = option(t.lines, default="", doc="Further lines of `config.nu`.")
    extraEnv = option(t.lines, default="", doc="Further lines of `env.nu`.")
    extraLogin = option(t.lines, default="", doc="Further lines of `login.nu`.")
    plugins = option(
        t.list_of(t.package),
        default=[],
        example=literal("[ pkgs.nushellPlugins.formats ]"),
        doc="Plugins to register. They are kept as long as the generation.",
    )
    settings = option(
        t.attrs_of(VALUE),
        default={},
        example={"show_banner": False, "history": {"format": "sqlite"}},
        doc="Settings, each assigned to its own place below `$env.config` so that all others keep their defaults: "
        "`completions.external.enable = true` becomes `$env.config.completions.external.enable = true`.",
    )
    shellAliases = option(
        t.attrs_of(t.str),
        default={},
        example={"ll": "ls -l", "g": "git"},
        doc="Aliases and the commands they stand for.",
    )
    environmentVariables = option(
        t.attrs_of(VALUE),
        default={},
        example=literal('{\n  FOO = "BAR";\n  PROMPT_COMMAND = lib.hm.nushell.mkNushellInline "{|| \'> \'}";\n}'),
        doc="Variables of the environment. `lib.hm.nushell.mkNushellInline` makes a value of code.",
    )

    def _usual_directory(self) -> str:
        if self._is_on("darwin") and not self["xdg.enable"]:
            return "Library/Application Support/nushell"
        return f"{self['xdg.configHome']}/nushell"

    @defines(".shellAliases")
    def common_aliases(self):
        return self["home.shellAliases"]

    def _anything_to_configure(self) -> bool:
        given = (self.extraConfig, self.shellAliases, self.settings, self.environmentVariables)
        return self.configFile is not None or any(given)

    @config_file(in_directory("config.nu"), below="home.file", when=_anything_to_configure)
    def configuration(self) -> str:
        parts = []
        if self.environmentVariables:
            parts.append(f"load-env {formats.nushell.render(self.environmentVariables)}\n")
        if self.settings:
            assigned = flattened(self.settings)
            parts.append("".join(f"$env.config.{name} = {formats.nushell.render(value)}\n" for name, value in assigned))
        if self.configFile is not None:
            parts.append(self.configFile.text)
        aliases = sorted(self.shellAliases.items())
        parts.append(self.extraConfig)
        parts.append("".join(f"alias {formats.nushell.render(name)} = {command}\n" for name, command in aliases))
        return "\n".join(parts)

    @config_file(in_directory("env.nu"), below="home.file", when=lambda self: self.envFile is not None or self.extraEnv)
    def environment(self) -> str:
        return with_extra(self.envFile, self.extraEnv)

    @config_file(
        in_directory("login.nu"), below="home.file", when=lambda self: self.loginFile is not None or self.extraLogin
    )
    def login(self) -> str:
        return with_extra(self.loginFile, self.extraLogin)

    @defines("home.file", when=lambda self: self.package is not None and self.plugins)
    def registry(self):
        commands = "; ".join(f"plugin add {exe(plugin)}" for plugin in self.plugins)
        script = (
            'mkdir "$out"\n'
            f'{exe(self.package)} --plugin-config "$out/plugin.msgpackz" --commands {formats.shell.quote(commands)}\n'
        )
        registry = self._made("runCommand", "nushell-plugins", {}, script)
        return {f"{self.configDir}/plugin.msgpackz": {"source": f"{registry}/plugin.msgpackz"}}

    @defines("home.extraDependencies")
    def kept(self):
        return self.plugins

    @warn
    def plugins_without_shell(self):
        if self.package is None and self.plugins:
            yield "`programs.nushell.plugins` are not registered, since `programs.nushell.package` is null.\n"
