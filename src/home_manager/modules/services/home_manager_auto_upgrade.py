from home_manager.authoring import *

NAME = "home-manager-auto-upgrade"
SINCE = "26.05"
"""The state version from which nothing is run before switching unless the user says so."""

WHEN_WHAT = f"""\
if lib.versionAtLeast config.home.stateVersion "{SINCE}"
   || !config.services.home-manager.autoUpgrade.useFlake
then
  [ ]
else
  [ "nix flake update" ]
"""

IN_FLAKE = """\
if [[ ! -f $FLAKE_DIR/flake.nix ]]; then
  echo "There is no flake.nix in $FLAKE_DIR." >&2
  exit 1
fi
cd "$FLAKE_DIR"
"""

CHANNELS = """\
if [[ -d /nix/store ]]; then
  nix-channel --update
fi
"""


class AutoUpgrade(Service):
    """the upgrade service, which runs `home-manager switch` with newer sources from time to time"""

    namespace = "services.home-manager.autoUpgrade"

    frequency = option(
        t.str, example="weekly", doc="When the configuration is upgraded, as {manpage}`systemd.time(7)` has it."
    )
    useFlake = option(t.bool, default=False, doc="Whether the configuration is the flake in `flakeDir`.")
    flakeDir = option(
        t.str,
        default=lambda self: f"{self['xdg.configHome']}/home-manager",
        default_text='"${config.xdg.configHome}/home-manager"',
        example="/home/user/dotfiles",
        doc="Where `flake.nix` lies.",
    )
    flags = option(
        t.list_of(t.str),
        default=[],
        example=["--impure", "-b", "hmbak"],
        doc="Further arguments of `home-manager switch`.",
    )
    preSwitchCommands = option(
        t.list_of(t.str),
        default=lambda self: ["nix flake update"] if self._updates_unasked() else [],
        default_text=WHEN_WHAT,
        example=literal('[\n  "${pkgs.gitMinimal}/bin/git pull"\n  "nix flake update"\n]\n'),
        doc="Shell commands that are run before.",
    )

    def _updates_unasked(self) -> bool:
        return bool(self.useFlake) and not self._state_at_least(SINCE)

    @warn
    def default_has_changed(self):
        if self._updates_unasked() and not self._option("preSwitchCommands").definitions():
            yield (
                "The default of `services.home-manager.autoUpgrade.preSwitchCommands` is another from state version "
                f"{SINCE} on.\n"
                "To keep what is run now and silence this warning, write\n"
                '  services.home-manager.autoUpgrade.preSwitchCommands = [ "nix flake update" ];\n'
                "To run nothing, as later versions do, write\n"
                "  services.home-manager.autoUpgrade.preSwitchCommands = [ ];"
            )

    def _script(self) -> str:
        parts = [IN_FLAKE if self.useFlake else CHANNELS]
        if self.preSwitchCommands:
            parts.append("".join(f"{line}\n" for line in ("set -o xtrace", *self.preSwitchCommands)))
        flake = " --flake ." if self.useFlake else ""
        parts.append(f"home-manager switch{flake} {formats.shell.quote_all(self.flags)}".rstrip() + "\n")
        made = self._made(
            "writeShellApplication",
            {
                "name": NAME,
                "runtimeInputs": [self["programs.home-manager.package"], self.pkgs["nix"]],
                "text": "\n".join(parts),
            },
        )
        return f"{made}/bin/{NAME}"

    unit = UserUnit(
        lambda self: self._script(),
        name=NAME,
        description="Home Manager upgrade",
        # A switch that the service runs does not stop the service.
        unit={"X-SwitchMethod": "keep-old"},
        environment=lambda self: [f"FLAKE_DIR={self.flakeDir}"] if self.useFlake else [],
    )
    timer = UserUnit(
        kind="timers",
        name=NAME,
        description="Home Manager upgrade timer",
        wanted_by="timers.target",
        section=lambda self: {"Timer": {"OnCalendar": self.frequency, "Unit": f"{NAME}.service", "Persistent": True}},
    )
