import re

from home_manager.authoring import *

EXAMPLE = """\
{
  threshold.swipe = 0.1;
  swipe."3".left.command = "xdotool key ctrl+alt+Right";
};
"""
FINGERS = re.compile("^( *)['\"]([0-9]+)['\"]:$", re.MULTILINE)


class Fusuma(Service):
    """fusuma, which runs commands at gestures on the touchpad"""

    package = Package("fusuma", install=False)
    settings = option(formats.yaml.type, example=literal(EXAMPLE), doc="The settings of fusuma.")
    extraPackages = option(
        t.list_of(t.package),
        default=lambda self: [self.pkgs[name] for name in ("xdotool", "coreutils", "xprop")],
        default_text="pkgs.xdotool pkgs.coreutils pkgs.xprop",
        example=literal("with pkgs; [ xdotool coreutils xprop ];\n"),
        doc="Packages whose programs commands find.",
    )

    @config_file("fusuma/config.yml")
    def file(self):
        # Fusuma wants numbers of fingers that are numbers.
        text = formats.yaml.render(self.settings).removeprefix("%YAML 1.1\n---\n")
        return FINGERS.sub(r"\1\2:", text) + "\n"

    unit = UserUnit(
        lambda self: f"{self.package}/bin/fusuma",
        description="Fusuma services",
        target="graphical-session.target",
        environment=lambda self: [f"PATH={self._search_path(self.extraPackages)}"],
    )
