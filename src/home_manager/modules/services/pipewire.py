from home_manager.authoring import *

ONE_EACH = "each is a file of its own in"


def drop_ins(directory, example=None, doc=""):
    return option(
        t.attrs_of(t.json), default={}, example=example, doc=f"{doc}, by name; {ONE_EACH} `{directory}.conf.d`."
    )


def packages(doc, **more):
    return option(t.list_of(t.package), default=[], doc=doc, **more)


class Wireplumber(Options):
    """WirePlumber"""

    enable = option(t.bool, default=False, example=True, doc="Whether WirePlumber is configured, too.")
    configs = drop_ins(
        "$XDG_CONFIG_HOME/wireplumber/wireplumber",
        {
            "log-level-debug": {"context.properties": {"log.level": "D"}},
            "wh-1000xm3-ldac-hq": {
                "monitor.bluez.rules": [
                    {
                        "matches": [
                            {
                                "device.name": "~bluez_card.*",
                                "device.product.id": "0x0cd3",
                                "device.vendor.id": "usb:054c",
                            }
                        ],
                        "actions": {"update-props": {"bluez5.a2dp.ldac.quality": "hq"}},
                    }
                ]
            },
        },
        "Settings of WirePlumber",
    )
    configPackages = packages(
        "Packages with settings of WirePlumber: files `share/wireplumber/*/*.conf`.",
        example=literal(
            """\
[
  (pkgs.writeTextDir "share/wireplumber/wireplumber.conf.d/10-bluez.conf" ''
    monitor.bluez.properties = {
      bluez5.roles = [ a2dp_sink a2dp_source bap_sink bap_source hsp_hs hsp_ag hfp_hf hfp_ag ]
      bluez5.codecs = [ sbc sbc_xq aac ]
      bluez5.enable-sbc-xq = true
      bluez5.hfphsp-backend = "native"
    }
  '')
]"""
        ),
    )
    scripts = option(
        t.attrs_of(t.lines),
        default={},
        example={"test/hello-world.lua": 'print("Hello, world!")\n'},
        doc="Scripts for WirePlumber, by their paths below `$XDG_DATA_HOME/wireplumber/scripts`.",
    )
    scriptPackages = packages(
        "Packages with scripts for WirePlumber: files `share/wireplumber/scripts/*/*.lua`.",
        example=literal(
            "[\n  (pkgs.writeTextDir \"share/wireplumber/scripts/test/hello-world.lua\" ''\n"
            "    print(\"Hello, world!\")\n  '')\n]"
        ),
    )


RELOAD = """
if [[ -v PIPEWIRE_RELOAD ]]; then
  (
    export XDG_RUNTIME_DIR="${XDG_RUNTIME_DIR:-/run/user/$(id -u)}" PATH=@systemd@":$PATH"
    if [[ -v DRY_RUN ]]; then
      echo systemctl --user restart @units@
    elif [[ $(systemctl --user is-system-running 2>&1) == running ]]; then
      systemctl --user restart @units@
    else
      echo "systemd does not run for this user: PipeWire keeps its old configuration until it is started anew."
    fi
  )
  unset PIPEWIRE_RELOAD
fi
"""


class Pipewire(Service):
    """the configuration of PipeWire"""

    configs = drop_ins(
        "$XDG_CONFIG_HOME/pipewire/pipewire",
        {
            "10-clock-rate": {"context.properties": {"default.clock.rate": 44100}},
            "11-no-upmixing": {"stream.properties": {"channelmix.upmix": False}},
        },
        "Settings of the server, see pipewire.conf(5)",
    )
    clientConfigs = drop_ins(
        "$XDG_CONFIG_HOME/pipewire/client",
        {"10-no-resample": {"stream.properties": {"resample.disable": True}}},
        "Settings of clients",
    )
    jackConfigs = drop_ins(
        "$XDG_CONFIG_HOME/pipewire/jack",
        {"20-hide-midi": {"jack.properties": {"jack.show-midi": False}}},
        "Settings of clients and the server of JACK",
    )
    pulseConfigs = drop_ins(
        "$XDG_CONFIG_HOME/pipewire/pipewire-pulse",
        {
            "15-force-s16-info": {
                "pulse.rules": [
                    {
                        "matches": [{"application.process.binary": "my-broken-app"}],
                        "actions": {"quirks": ["force-s16-info"]},
                    }
                ]
            }
        },
        "Settings of the server that stands in for PulseAudio, see pipewire-pulse.conf(5)",
    )
    configPackages = packages(
        "Packages with settings of PipeWire: files `share/pipewire/*/*.conf`. "
        "Their `passthru` may name plugins: `requiredLv2Packages` and `requiredLadspaPackages`.",
        example=literal(
            """\
[
  (pkgs.writeTextDir "share/pipewire/pipewire.conf.d/10-loopback.conf" ''
    context.modules = [
      {
        name = libpipewire-module-loopback
        args = {
          node.description = "Scarlett Focusrite Line 1"
          capture.props = {
            audio.position = [ FL ]
            stream.dont-remix = true
            node.target = "alsa_input.usb-Focusrite_Scarlett_Solo_USB_Y7ZD17C24495BC-00.analog-stereo"
            node.passive = true
          }
          playback.props = {
            node.name = "SF_mono_in_1"
            media.class = "Audio/Source"
            audio.position = [ MONO ]
          }
        }
      }
    ]
  '')
]"""
        ),
    )
    extraLv2Packages = packages(
        "Further packages with LV2 plugins, in `lib/lv2`.", example=literal("[ pkgs.lsp-plugins ]")
    )
    extraLadspaPackages = packages(
        "Further packages with LADSPA plugins, in `lib/ladspa`.", example=literal("[ pkgs.noisetorch-ladspa ]")
    )
    wireplumber = group(Wireplumber)

    def _joined(self, program, kind, paths):
        """The directory of a program as a file entry, or nothing without packages."""
        if not paths:
            return {}
        joined = {"name": f"{program}-{kind}", "paths": paths, "stripPrefix": f"/share/{program}"}
        source = self._made("symlinkJoin", joined)
        return {program: {"source": source, "onChange": ": ${PIPEWIRE_RELOAD:=1}\n"}}

    def _drop_ins(self, directory, configs):
        return [
            self._made(
                "writeTextDir", f"share/{directory}.conf.d/{suffixed(name, '.conf')}", formats.json.render(value)
            )
            for name, value in configs.items()
        ]

    @defines("xdg.configFile")
    def settings(self):
        given = {
            "pipewire": self.configs,
            "client": self.clientConfigs,
            "jack": self.jackConfigs,
            "pipewire-pulse": self.pulseConfigs,
        }
        made = [each for name, configs in given.items() for each in self._drop_ins(f"pipewire/{name}", configs)]
        yield self._joined("pipewire", "configs", [*self.configPackages, *made])
        own = self.wireplumber
        if own.enable:
            made = self._drop_ins("wireplumber/wireplumber", own.configs)
            yield self._joined("wireplumber", "configs", [*own.configPackages, *made])

    @defines("xdg.dataFile")
    def scripts(self):
        own, below = self.wireplumber, "share/wireplumber/scripts"
        if own.enable:
            made = [
                self._made("writeTextDir", f"{below}/{suffixed(name, '.lua')}", text)
                for name, text in own.scripts.items()
            ]
            yield self._joined("wireplumber", "scripts", [*own.scriptPackages, *made])

    @defines("systemd.user.sessionVariables")
    def plugins(self):
        own = self.wireplumber
        configured = [*self.configPackages, *(own.configPackages if own.enable else [])]
        kinds = (("lv2", "Lv2", self.extraLv2Packages), ("ladspa", "Ladspa", self.extraLadspaPackages))
        for name, word, extra in kinds:
            wanted = (computed(each.get("passthru", {})).get(f"required{word}Packages", []) for each in configured)
            paths = [*extra, *(plugin for plugins in wanted for plugin in computed(plugins))]
            if paths:
                made = {"name": f"pipewire-{name}-plugins", "paths": paths, "pathsToLink": [f"/lib/{name}"]}
                variable = f"{name.upper()}_PATH"
                yield {variable: f"{self._made('buildEnv', made)}/lib/{name}${{{variable}:+:${variable}}}"}

    @activation_step("reloadPipewire", after=("onFilesChange", "reloadSystemd"))
    def reload(self):
        if not self["systemd.user.enable"]:
            return None
        units = ["pipewire", "pipewire-pulse", *(["wireplumber"] if self.wireplumber.enable else [])]
        systemd = self["systemd.user.systemctlPath"].rpartition("/")[0]
        return formats.shell.script(RELOAD, systemd=systemd, units=units)


def suffixed(name, suffix):
    return name if name.endswith(suffix) else name + suffix
