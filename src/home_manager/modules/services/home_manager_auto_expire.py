from home_manager.authoring import *

DESCRIPTION = "Home Manager expire generations"


class Cleaning(Options):
    """What is removed from the store"""

    cleanup = option(
        t.bool,
        default=False,
        example=True,
        doc="Whether the store is swept, too: of what no generation needs, and with Nix, of what the user does not.",
    )
    options = option(
        t.str,
        default="",
        example="--delete-older-than 30d",
        doc="Options of `nix-collect-garbage`, as a shell reads them; they matter only where there is Nix.",
    )


class AutoExpire(Service):
    """the removal of old generations from time to time"""

    namespace = "services.home-manager.autoExpire"
    platforms = ("linux", "darwin")

    timestamp = option(
        t.str,
        default="-30 days",
        example="-7 days",
        doc="Generations older than this are removed, as `date -d` reads it.",
    )
    frequency = option(
        t.str,
        default="monthly",
        example="weekly",
        doc="When old generations are removed, as {manpage}`systemd.time(7)` has it. On macOS it is one of hourly, daily, "
        "weekly, monthly, semiannually and annually.",
    )
    store = group(Cleaning)

    def _program(self) -> str:
        return f"{self['programs.home-manager.package']}/bin/home-manager"

    def _script(self) -> str:
        lines = [f"{self._program()} expire-generations {formats.shell.quote(self.timestamp)}"]
        if self.store.cleanup:
            sweep = f"nix-collect-garbage {self.store.options}".rstrip()
            lines += [
                f"{self._program()} gc",
                f"[[ ! -d /nix/store ]] || {self.pkgs['nix']}/bin/{sweep}",
            ]
        return str(self._made("writeShellScript", "home-manager-auto-expire", "\n".join(lines) + "\n"))

    unit = UserUnit(lambda self: self._script(), name="home-manager-auto-expire", description=DESCRIPTION)
    timer = UserUnit(
        kind="timers",
        name="home-manager-auto-expire",
        description=f"{DESCRIPTION} timer",
        wanted_by="timers.target",
        section=lambda self: {
            "Timer": {
                "OnCalendar": self.frequency,
                "Unit": "home-manager-auto-expire.service",
                "Persistent": True,
            }
        },
    )

    def _times(self):
        return self._made(self._argument("lib")["hm"]["darwin"]["mkCalendarInterval"], self.frequency)

    @check
    def known_to_launchd(self):
        if self._is_on("darwin") and self._times() is None:
            yield (
                f"services.home-manager.autoExpire.frequency is {self.frequency}; on Darwin, it must be one of "
                "hourly, daily, weekly, monthly, semiannually, annually"
            )

    @defines("launchd.agents")
    def on_darwin(self):
        if not self._is_on("darwin"):
            return None
        logs = f"{self['home.homeDirectory']}/Library/Logs/home-manager-auto-expire/launchd"
        config = {
            "ProgramArguments": [self._script()],
            "ProcessType": "Background",
            "StartCalendarInterval": self._times(),
            "StandardOutPath": f"{logs}-stdout.log",
            "StandardErrorPath": f"{logs}-stderr.log",
        }
        return {"home-manager-auto-expire": {"enable": True, "config": config}}
