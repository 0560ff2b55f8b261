from home_manager.authoring import *

LEGACY = '{ PASSWORD_STORE_DIR = "${config.xdg.dataHome}/password-store"; }'


class PasswordStore(Program):
    """pass, a store of passwords"""

    package = Package(
        "pass",
        example="pkgs.pass.withExtensions (exts: [ exts.pass-otp ])",
        extra="A package with extensions brings these.",
    )
    settings = option(
        t.attrs_of(t.str),
        default={},
        default_text=f'if lib.versionAtLeast config.home.stateVersion "25.11" then {{ }} else {LEGACY}\n',
        example=literal(
            '{\n  PASSWORD_STORE_DIR = "$\\{config.xdg.dataHome\\}/password-store";\n'
            '  PASSWORD_STORE_KEY = "12345678";\n  PASSWORD_STORE_CLIP_TIME = "60";\n}\n'
        ),
        doc="Variables of the environment that pass and its extensions read; pass(1) lists them.",
    )
    variables = Variables(lambda self: self._variables())

    def _is_legacy(self):
        """Whether the store lies where older state versions have it: only where no settings are given."""
        return not self._state_at_least("25.11") and not self._option("settings").definitions()

    def _variables(self):
        if self._is_legacy():
            return {"PASSWORD_STORE_DIR": f"{self['xdg.dataHome']}/password-store"}
        return dict(self.settings)

    @warn
    def default_changed(self):
        if self._is_legacy():
            yield (
                f"The default value of `programs.password-store.settings` has changed from `{LEGACY}` to `{{ }}`.\n"
                f"You are currently using the legacy default (`{LEGACY}`) because `home.stateVersion` is less than "
                f'"25.11".\nTo silence this warning and keep legacy behavior, set:\n'
                f"  programs.password-store.settings = {LEGACY};\n"
                "To adopt the new default behavior, set:\n  programs.password-store.settings = { };\n"
            )

    @defines("services.pass-secret-service.storePath", when=lambda self: "PASSWORD_STORE_DIR" in self._variables())
    def secret_service(self):
        return self._variables()["PASSWORD_STORE_DIR"]

    @defines("xsession.importedVariables", when=lambda self: self["xsession.enable"])
    def imported(self):
        return sorted(self._variables())
