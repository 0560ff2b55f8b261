"""Examples of options of Hyprland."""

SETTINGS = """\
{
  mod._var = "SUPER";

  config = {
    general.gaps_in = 5;
    decoration.rounding = 10;
  };

  bind = [
    {
      _args = [
        (lib.generators.mkLuaInline "mod .. \\" + Q\\"")
        (lib.generators.mkLuaInline "hl.dsp.window.close()")
        { locked = true; }
      ];
    }
  ];

  window_rule = {
    match.class = "kitty";
    border_size = 2;
  };
}
"""
SUBMAP_SETTINGS = """\
{
  binde = [
    ", right, resizeactive, 10 0"
    ", left, resizeactive, -10 0"
  ];

  bind = [
    ", escape, submap, reset"
    {
      _args = [
        "escape"
        (lib.generators.mkLuaInline "hl.dsp.submap(\\"reset\\")")
      ];
    }
  ];
}
"""
SUBMAPS = """\
{
  move_focus.settings.bind = [
    ", h, movefocus, l"
    ", l, movefocus, r"
    ", escape, submap, reset"
  ];
}
"""
EXTRA = """\
hl.on("window.open", function()
  hl.timer(function()
    hl.dispatch(hl.dsp.exec_cmd("notify-send 'Window opened'"))
  end, {
    timeout = 100,
    type = "oneshot",
  })
end)
"""
LUA_FILES = """\
{
  "00-vars" = ''
    local M = {}
    M.mainMod = "SUPER"
    return M
  '';

  "lib.helpers" = {
    content = ./helpers.lua;
    autoLoad = false;
  };

  "from-path.lua" = ./startup.lua;
}
"""
