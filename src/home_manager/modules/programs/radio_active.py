from home_manager.authoring import *

PLAYERS = ("ffplay", "mpv", "vlc")


class RadioActive(Program):
    """radio-active, which plays radio stations in the terminal"""

    package = Package("radio-active", nullable=True, install=False)
    settings = Settings(
        formats.ini,
        type=t.attrs_of(t.attrs_of(t.either(t.non_empty_str, t.number_nonnegative))),
        file="radio-active/configs.ini",
        when=lambda self: self.settings and self.settings.get("AppConfig") != {},
        example={"AppConfig": {"loglevel": "debug", "limit": 41, "sort": "votes", "player": "ffplay"}},
        doc="The settings, in the section `AppConfig`.",
    )
    aliases = option(
        t.attrs_of(t.non_empty_str),
        default={},
        example={"Deep House Lounge": "http://198.15.94.34:8006/stream"},
        doc="Names of stations and their addresses.",
    )

    def _player(self):
        return self.settings.get("AppConfig", {}).get("player", "ffplay")

    @warn
    def player_is_known(self):
        if self._player() not in PLAYERS:
            yield "Unknown player defined in `config.programs.radio-active.AppConfig.player`\n"

    @defines("home.packages", when=package)
    def installed(self):
        player = self._player()
        # ffplay comes with it; another player is found where it is.
        return [self._with_player(player) if player in PLAYERS[1:] else self.package]

    def _with_player(self, player):
        def changed(old):
            code = formats.shell.script(
                """
                substituteInPlace @file@ --replace-fail @search@ @found@
                """,
                file=f"radioactive/{player}.py",
                search="self.exe_path = which(self.program_name)",
                found=f'self.exe_path = "{exe(self.pkgs[player])}"',
            )
            return {"postPatch": f"{computed(old).get('postPatch', '')}\n{code}"}

        return self._made(self.package["overrideAttrs"], function("changed", changed))

    @defines("home.file", when=aliases)
    def alias_file(self):
        lines = (f"{name}=={address}\n" for name, address in sorted(self.aliases.items()))
        return {".radio-active-alias": {"text": "".join(lines)}}
