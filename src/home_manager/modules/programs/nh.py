from home_manager.authoring import *


def flake_option(variable, commands, extra=""):
    return option(
        t.null_or(t.either(t.single_line_str, t.path)),
        default=None,
        doc=f"The flake that {commands} works on, for the variable {{env}}`{variable}`.{extra}",
    )


class Clean(Options):
    """The removal of garbage from time to time."""

    enable = option(t.bool, default=False, example=True, doc="Whether `nh clean user` runs from time to time.")
    dates = Schedule("When it runs", default="weekly", type=t.single_line_str, always=True)
    extraArgs = option(
        t.single_line_str,
        default="",
        example="--keep 5 --keep-since 3d",
        doc="Arguments of `nh clean user`, see its `--help`.",
    )


class Nh(Program):
    """nh, a friendlier front end of Nix"""

    package = Package("nh")
    flake = flake_option("NH_FLAKE", "nh", " Releases before 4.0.0 read {env}`FLAKE`.")
    osFlake = flake_option("NH_OS_FLAKE", "`nh os`", " It goes before `flake`.")
    homeFlake = flake_option("NH_HOME_FLAKE", "`nh home`", " It goes before `flake`.")
    darwinFlake = flake_option("NH_DARWIN_FLAKE", "`nh darwin`", " It goes before `flake`.")
    clean = group(Clean)
    variables = Variables(lambda self: self._flakes())

    def _flakes(self):
        general = "NH_FLAKE" if version_at_least(self.package["version"], "4.0.0") else "FLAKE"
        flakes = {general: self.flake}
        flakes |= {f"NH_{name.upper()}_FLAKE": getattr(self, f"{name}Flake") for name in ("os", "home", "darwin")}
        return flakes

    @warn(always=True)
    def two_collectors(self):
        if self.clean.enable and self._takes_part("nix.gc") and self["nix.gc.automatic"]:
            yield "Both programs.nh.clean.enable and nix.gc.automatic remove garbage; enable only one of them."

    @defines("systemd.user.services", when=lambda self: self.clean.enable, always=True)
    def service(self):
        command = f"{exe(self.package)} clean user {self.clean.extraArgs}"
        return {
            "nh-clean": {
                "Unit": {"Description": "Nh clean (user)"},
                "Service": {"Type": "oneshot", "ExecStart": command},
            }
        }

    @defines("systemd.user.timers", when=lambda self: self.clean.enable, always=True)
    def timer(self):
        return {
            "nh-clean": {
                "Unit": {"Description": "Run nh clean"},
                "Timer": {"OnCalendar": self.clean.dates, "Persistent": True},
                "Install": {"WantedBy": ["timers.target"]},
            }
        }

    @defines("launchd.agents", when=lambda self: self.clean.enable and self._is_on("darwin"), always=True)
    def agent(self):
        arguments = [exe(self.package), "clean", "user", *([self.clean.extraArgs] if self.clean.extraArgs else [])]
        return {
            "nh-clean": {
                "enable": True,
                "config": {
                    "ProgramArguments": arguments,
                    "StartCalendarInterval": launchd_calendar(self, self.clean.dates),
                },
            }
        }
