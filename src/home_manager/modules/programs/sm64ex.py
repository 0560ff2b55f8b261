from home_manager.authoring import *

EXAMPLE = """\
{
  fullscreen = false;
  window_x = 0;
  window_y = 0;
  window_w = 1920;
  window_h = 1080;
  vsync = 1;
  texture_filtering = 1;
  master_volume = 127;
  music_volume = 127;
  sfx_volume = 127;
  env_volume = 127;
  key_a = [ "0026" "1000" "1103" ];
  key_b = [ "0033" "1002" "1101" ];
  key_start = [ "0039" "1006" "ffff" ];
  key_l = [ "0034" "1007" "1104" ];
  key_r = [ "0036" "100a" "1105" ];
  key_z = [ "0025" "1009" "1102" ];
  key_cup = [ "100b" "ffff" "ffff" ];
  key_cdown = [ "100c" "ffff" "ffff" ];
  key_cleft = [ "100d" "ffff" "ffff" ];
  key_cright = [ "100e" "ffff" "ffff" ];
  key_stickup = [ "0011" "ffff" "ffff" ];
  key_stickdown = [ "001f" "ffff" "ffff" ];
  key_stickleft = [ "001e" "ffff" "ffff" ];
  key_stickright = [ "0020" "ffff" "ffff" ];
  stick_deadzone = 16;
  rumble_strength = 10;
  skip_intro = 1;
};
"""


def line(name, value):
    if isinstance(value, bool):
        return f"{name} {'true' if value else 'false'}"
    return f"{name} {' '.join(value) if isinstance(value, list) else value}"


class Sm64ex(Program):
    """sm64ex, a port of a game"""

    package = Package("sm64ex", nullable=True)
    region = option(
        t.null_or(t.enum("us", "eu", "jp")),
        default=None,
        default_text="us",
        example="jp",
        doc="The region that the game comes from.",
    )
    baserom = option(
        t.null_or(t.path),
        default=None,
        example=literal("/home/foo/baserom.us.z64"),
        doc="The file of the game, which the port takes pictures and sounds from.",
    )
    extraCompileFlags = option(
        t.null_or(t.list_of(t.str)),
        default=None,
        example=literal('[\n  "BETTERCAMERA=1"\n  "NODRAWINGDISTANCE=1"\n];\n'),
        doc="Options of the build; see <https://github.com/sm64pc/sm64ex/wiki/Build-options>.",
    )
    settings = Settings(
        None,
        type=t.null_or(t.attrs_of(t.one_of(t.str, t.int, t.bool, t.list_of(t.str)))),
        file="sm64pc/sm64config.txt",
        below="xdg.dataFile",
        when=lambda self: self.settings is not None,
        render=lambda self, settings: "\n".join(line(name, value) for name, value in sorted(settings.items())),
        example=literal(EXAMPLE),
        doc="The settings of the game.",
    )
