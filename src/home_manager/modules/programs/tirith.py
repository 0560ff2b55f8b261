from home_manager.authoring import *


class Tirith(Program):
    """Tirith, which watches what is run in shells"""

    package = Package("tirith")
    allowlist = option(
        t.list_of(t.str),
        default=[],
        apply=lambda names: [name for name in names if name != ""],
        example=["localhost"],
        doc="Domains that are not looked at.",
    )
    policy = Settings(
        formats.yaml,
        file="tirith/policy.yaml",
        example={
            "version": 1,
            "fail_mode": "open",
            "allow_bypass": True,
            "severity_overrides": {"docker_untrusted_registry": "CRITICAL"},
        },
        doc="The policy; for examples see <https://github.com/sheeki03/tirith/blob/main/docs/cookbook.md>.",
    )
    shells = ShellIntegration(hook="init --shell {shell}")

    @config_file("tirith/allowlist", when=allowlist)
    def allowed(self):
        return "".join(f"{name}\n" for name in self.allowlist)
