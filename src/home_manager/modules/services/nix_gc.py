from home_manager.authoring import *


class NixGc(Module):
    """the removal of garbage from the store of Nix"""

    namespace = "nix.gc"
    by_mention = True

    automatic = option(
        t.bool,
        default=False,
        doc="Whether `nix-collect-garbage` runs from time to time. It only removes what this user's profiles keep.",
    )
    dates = option(
        t.either(t.single_line_str, t.list_of(t.str)),
        default="weekly",
        example="03:15",
        apply=lambda dates: [dates] if isinstance(dates, str) else dates,
        doc="When garbage is removed, as {manpage}`systemd.time(7)` has it; on macOS one of hourly, daily, weekly, monthly, "
        "semiannually and annually.",
    )
    randomizedDelaySec = option(
        t.single_line_str,
        default="0",
        example="45min",
        doc="The longest time that a run is put off by chance, a time span of {manpage}`systemd.time(7)`.",
    )
    options = option(
        t.null_or(t.str),
        default=None,
        example="--max-freed $((64 * 1024**3))",
        doc="Options of `nix-collect-garbage`, as a shell reads them.",
    )
    persistent = option(
        t.bool,
        default=True,
        example=False,
        doc="Whether a run that was missed, because the machine was off, is made up for as soon as the timer starts again.",
    )
    renamed = (Renamed("frequency", "dates", change=lambda dates: [dates] if isinstance(dates, str) else dates),)

    def _program(self):
        chosen = self["nix.package"] if self._takes_part("nix.package") and self["nix.enable"] else None
        return f"{self.pkgs['nix'] if chosen is None else chosen}/bin/nix-collect-garbage"

    unit = UserUnit(
        lambda self: str(self._made("writeShellScript", "nix-gc", f"exec {self._program()} {self.options or ''}")),
        name="nix-gc",
        description="Nix Garbage Collector",
        service={"Type": "oneshot"},
        when=automatic,
    )
    timer = UserUnit(
        kind="timers",
        name="nix-gc",
        description="Nix Garbage Collector",
        wanted_by="timers.target",
        section=lambda self: {
            "Timer": {
                "OnCalendar": self.dates,
                "RandomizedDelaySec": self.randomizedDelaySec,
                "Persistent": self.persistent,
                "Unit": "nix-gc.service",
            }
        },
        when=automatic,
    )

    @check
    def known_to_launchd(self):
        if self.automatic and self._is_on("darwin"):
            if len(self.dates) != 1:
                yield "On Darwin, `nix.gc.dates` must contain a single element."
            elif launchd_calendar(self, self.dates[0]) is None:
                yield (
                    "On Darwin, nix.gc.dates.* must be one of: hourly, daily, weekly, monthly, semiannually, annually."
                )

    @defines("launchd.agents", when=lambda self: self.automatic and self._is_on("darwin") and self.dates)
    def agent(self):
        config = {
            "ProgramArguments": [self._program(), *([] if self.options is None else [self.options])],
            "StartCalendarInterval": launchd_calendar(self, self.dates[0]),
        }
        return {"nix-gc": {"enable": True, "config": config}}
