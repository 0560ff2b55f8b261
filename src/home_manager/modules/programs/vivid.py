from home_manager.authoring import *


def exported(start):
    return lambda self: f'{start}"$({self._command()})"\n'


class Vivid(Program):
    """vivid, which makes the colours of `ls`"""

    package = Package("vivid", nullable=True)
    colorMode = option(
        t.null_or(t.either(t.str, t.enum("8-bit", "24-bit"))),
        default=None,
        example="8-bit",
        doc="How many colours there are.",
    )
    filetypes = Settings(
        formats.yaml,
        file="vivid/filetypes.yml",
        example={
            "text": {
                "special": ["CHANGELOG.md", "CODE_OF_CONDUCT.md", "CONTRIBUTING.md"],
                "todo": ["TODO.md", "TODO.txt"],
                "licenses": ["LICENCE", "COPYRIGHT"],
            }
        },
        doc="Types of files; for an example see <https://github.com/sharkdp/vivid/blob/master/config/filetypes.yml>.",
    )
    activeTheme = option(t.null_or(t.str), default=None, example="molokai", doc="The theme.")
    themes = option(
        t.attrs_of(t.either(t.path, t.yaml)),
        default={},
        example=literal(
            '{\n  ayu = builtins.fetchurl {\n    url = "https://raw.githubusercontent.com/NearlyTRex/Vivid/refs/heads/master/'
            'themes/ayu.yml";\n    hash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";\n  };\n\n'
            '  mocha = builtins.fetchurl {\n    url = "https://raw.githubusercontent.com/NearlyTRex/Vivid/refs/heads/master/'
            'themes/catppuccin-mocha.yml";\n    hash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";\n  };\n\n'
            '  my-custom-theme = {\n    colors = {\n      blue = "0000ff";\n    };\n    core = {\n      directory = {\n'
            '        foreground = "blue";\n        font-style = "bold";\n      };\n    };\n  };\n}\n'
        ),
        doc="Themes by name, each as a file or as settings.",
    )
    variables = Variables(VIVID_THEME=lambda self: self.activeTheme)
    shells = ShellIntegration(
        bash=exported("export LS_COLORS="),
        zsh=exported("export LS_COLORS="),
        fish=exported("set -gx LS_COLORS "),
        nushell=True,
    )

    def _command(self):
        mode = "" if self.colorMode is None else f"-m {self.colorMode}"
        return f"vivid {mode} generate {self.activeTheme or ''}"

    @defines("programs.nushell.environmentVariables", when="enableNushellIntegration")
    def in_nushell(self):
        return {"LS_COLORS": {"_type": "nushell-inline", "expr": self._command()}}

    @defines("xdg.configFile")
    def theme_files(self):
        for name, theme in self.themes.items():
            is_settings = isinstance(theme, dict) and "outPath" not in theme
            yield {
                f"vivid/themes/{name}.yml": {"text": formats.json.compact(theme)} if is_settings else {"source": theme}
            }
