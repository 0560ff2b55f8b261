from home_manager.authoring import *


class PayRespects(Program):
    """pay-respects, which corrects the last command"""

    package = Package("pay-respects")
    options = option(
        t.list_of(t.str), default=["--alias"], example=["--alias", "f"], doc="Arguments after the name of the shell."
    )
    rules = option(
        t.attrs_of(t.toml),
        default={},
        example=literal(
            '{\n  cargo = {\n    command = "cargo";\n    match_err = [\n      {\n'
            '        pattern = [ "run `cargo init` to initialize a new rust project" ];\n'
            '        suggest = [ "cargo init" ];\n      }\n    ];\n  };\n}\n'
        ),
        doc="Rules by the name of the command, or `_PR_GENERAL`, for the module of rules that are read at run time, see "
        "<https://github.com/iffse/pay-respects/blob/main/rules.md>.",
    )
    shells = ShellIntegration(
        hook=lambda self, shell: self._hook(shell),
        nushell=lambda self: f"source {self._nushell_file()}\n",
    )

    def _hook(self, shell: str) -> str:
        return " ".join([exe(self.package), shell, *self.options])

    def _nushell_file(self):
        return self._made("runCommand", "pay-respects-nushell-config.nu", {}, f'{self._hook("nushell")} >> "$out"\n')

    @defines("xdg.configFile")
    def rule_files(self):
        for name, rule in self.rules.items():
            yield {f"pay-respects/rules/{name}.toml": {"text": formats.toml.render(rule)}}
