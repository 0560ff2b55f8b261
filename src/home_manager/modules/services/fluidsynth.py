from home_manager.authoring import *


class Fluidsynth(Service):
    """FluidSynth, a synthesizer of MIDI"""

    package = Package("fluidsynth", install=False)
    soundFont = option(
        t.path,
        default=lambda self: f"{self.pkgs['soundfont-fluid']}/share/soundfonts/FluidR3_GM2-2.sf2",
        default_text='"${pkgs.soundfont-fluid}/share/soundfonts/FluidR3_GM2-2.sf2";\n',
        doc="The file of sounds, in the format SoundFont 2.",
    )
    soundService = option(
        t.enum("jack", "pipewire-pulse", "pulseaudio"),
        default="pulseaudio",
        example="pipewire-pulse",
        doc="The unit of the sound server.",
    )
    extraOptions = option(
        t.list_of(t.str),
        default=[],
        example=["--sample-rate 96000"],
        doc="Further options, as they are; see {manpage}`fluidsynth.conf(1)`.",
    )
    daemon = UserUnit(
        lambda self: f"{exe(self.package)} -a pulseaudio -si {' '.join(self.extraOptions)} {self.soundFont}",
        description="FluidSynth Daemon",
        after=lambda self: f"{self.soundService}.service",
        wanted_by="default.target",
        unit=lambda self: {"Documentation": "man:fluidsynth(1)", "BindsTo": [f"{self.soundService}.service"]},
    )
