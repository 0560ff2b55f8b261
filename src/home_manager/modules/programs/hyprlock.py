from home_manager.authoring import *
from home_manager.modules import _hypr

EXAMPLE = """\
{
  general.hide_cursor = true;

  animations.fade_in = {
    duration = 300;
    bezier = "easeOutQuint";
  };

  background = [
    {
      path = "screenshot";
      blur_passes = 3;
    }
  ];

  input-field = [
    {
      size = "200, 50";
      position = "0, -80";
      font_color = "rgb(202, 211, 245)";
      placeholder_text = "Password...";
    }
  ];
}
"""


class Hyprlock(Program):
    """Hyprlock, which locks the screen of Hyprland; it needs a service of PAM called `hyprlock` to unlock it again"""

    package = Package("hyprlock", nullable=True)
    settings = _hypr.settings("Hyprlock", example=literal(EXAMPLE), file=None)
    extraConfig = option(t.lines, default="", doc="Further lines of `~/.config/hypr/hyprlock.conf`.")
    sourceFirst = option(t.bool, default=True, example=True, doc="Whether other files are read before the rest.")
    importantPrefixes = _hypr.important_prefixes("$", "bezier", "monitor", "size")

    @config_file("hypr/hyprlock.conf", when=lambda self: self.settings or self.extraConfig)
    def file(self):
        first = [*self.importantPrefixes, *(["source"] if self.sourceFirst else [])]
        return formats.hyprconf.render(self.settings, important_prefixes=first) + self.extraConfig
