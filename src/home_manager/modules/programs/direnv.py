from home_manager.authoring import *

NUSHELL = """\
$env.config = ($env.config? | default {} | merge {hooks: ($env.config?.hooks? | default {})})
$env.config.hooks.pre_prompt = ($env.config.hooks.pre_prompt? | default [] | append {||
  let changes = (%s export json | from json --strict | default {})
  for name in ($changes | columns) { if ($changes | get $name) == null { hide-env --ignore-errors $name } }
  let path = {from_string: {|it| $it | split row (char esep) | path expand --no-symlink }}
  let known = ({PATH: $path} | merge ($env.ENV_CONVERSIONS? | default {}))
  $changes | items {|name, text|
    [$name (if $text != null and $name in $known { do ($known | get $name).from_string $text } else { $text })]
  } | where {|pair| $pair.1 != null } | into record | load-env
})
"""


def library(name, doc):
    class Library(Options):
        """A library of functions for .envrc."""

        enable = option(t.bool, default=False, example=True, doc=f"Whether to let direnv {doc}.")
        package = Package(name, install=False)

    return Library


class Direnv(Program):
    """direnv, the environment switcher"""

    package = Package("direnv")
    config = Settings(formats.toml, file="direnv/direnv.toml", doc="Configuration of direnv, see direnv.toml(1).")
    stdlib = ExtraText(file="direnv/direnvrc", doc="Shell code of one's own that every .envrc can use.")
    nix_direnv = group(library("nix-direnv", "keep what `use nix` makes, with nix-direnv"), name="nix-direnv")
    mise = group(library("mise", "take tools from mise, with `use mise`"))
    silent = option(t.bool, default=False, example=True, doc="Whether direnv tells nothing of what it changes.")
    renamed = Renamed("enableNixDirenvIntegration", "nix-direnv.enable")
    removed = Removed("nix-direnv.enableFlakes", "Flake support is now always enabled.")
    shells = ShellIntegration(
        hook="hook {shell}",
        fish=lambda self: f"if not functions -q __direnv_export_eval\n  {exe(self.package)} hook fish | source\nend\n",
        nushell=lambda self: NUSHELL % exe(self.package),
        order={"bash": 1500, "fish": 1500, "nushell": 1500},  # other code may still change the prompt before
    )
    log = Variables(DIRENV_LOG_FORMAT="", when=lambda self: self.silent and not self._filters())

    def _filters(self) -> bool:
        return version_at_least(self.package["version"], "2.36")

    @defines(".config", when=lambda self: self.silent and self._filters())
    def silence(self):
        return {"global": {"log_format": "-", "log_filter": "^$"}}

    @defines("xdg.configFile")
    def libraries(self):
        if self.nix_direnv.enable:
            yield {"direnv/lib/hm-nix-direnv.sh": {"source": f"{self.nix_direnv.package}/share/nix-direnv/direnvrc"}}
        if self.mise.enable:
            yield {"direnv/lib/hm-mise.sh": {"text": f'eval "$({exe(self.mise.package)} direnv activate)"\n'}}
