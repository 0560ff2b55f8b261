from home_manager.authoring import *

CONFIG = """\
pkgs.writeText "xmonad.hs" ''
  import XMonad
  main = xmonad defaultConfig
      { terminal    = "urxvt"
      , modMask     = mod4Mask
      }
''
"""
LIBRARY = """\
{
  "Tools.hs" = pkgs.writeText "Tools.hs" ''
     module Tools where
     screenshot = "scrot"
   '';
}
"""
BUILD = """\
pkgs.writeText "build" ''
  #!/bin/sh
  # Enable -threaded
  ghc --make xmonad.hs -threaded -i -ilib -fforce-recomp -main-is main -v0 -O2 -o "$1"
''
"""
CONTRIBUTED = ("xmonad-contrib", "xmonad-extras")

# What comes out lies with the data before xmonad 0.17, and with the cache since then.
COMPILE = """\
export XMONAD_CONFIG_DIR=$PWD/config XMONAD_DATA_DIR=$PWD/data XMONAD_CACHE_DIR=$PWD/cache
mkdir -p config/lib data cache "$out/bin"
cp {config} config/xmonad.hs
{files}xmonad --recompile
for made in data/{program} cache/{program}; do
  if [ -f "$made" ]; then
    mv "$made" "$out/bin/"
  fi
done
[ -f "$out/bin/{program}" ]
"""
RESTART = """\
if [[ -v DISPLAY ]]; then
  {command} --restart
fi
"""


class Xmonad(Program):
    """xmonad window manager"""

    namespace = "xsession.windowManager.xmonad"
    platforms = ("linux",)

    haskellPackages = option(
        t.unspecified,
        default=lambda self: self.pkgs["haskellPackages"],
        default_text="pkgs.haskellPackages",
        example=literal("pkgs.haskell.packages.ghc784"),
        doc="The set of packages that xmonad and `extraPackages` come from, and with it the compiler.",
    )
    extraPackages = option(
        t.unspecified,
        default=function("extraPackages", lambda _: []),
        default_text='"self: []"',
        example=literal("haskellPackages: [\n  haskellPackages.xmonad-contrib\n  haskellPackages.monad-logger\n]\n"),
        doc="Chooses packages for the configuration from that set.",
    )
    enableContribAndExtras = option(t.bool, default=False, doc="Whether xmonad-contrib and xmonad-extras are there.")
    config = option(
        t.null_or(t.path),
        default=None,
        example=literal(CONFIG),
        doc="The configuration, which is compiled now; `xmonad --recompile` then no longer works. With `null`, "
        "`~/.xmonad/xmonad.hs` is left alone.",
    )
    libFiles = option(
        t.attrs_of(t.one_of(t.path)),
        default={},
        example=literal(LIBRARY),
        doc="Modules of the configuration, for `~/.xmonad/lib`, by the names of their files.",
    )
    buildScript = option(
        t.null_or(t.path), default=None, example=literal(BUILD), doc="The script that compiles the configuration."
    )

    def _packages(self, given):
        more = [given[name] for name in CONTRIBUTED] if self.enableContribAndExtras else []
        return [*computed(self._made(self.extraPackages, given)), *more]

    def _compiler(self):
        return self.haskellPackages["ghcWithPackages"]

    def _xmonad(self):
        given = {"ghcWithPackages": self._compiler(), "packages": function("packages", self._packages)}
        return self._made(self.pkgs["xmonad-with-packages"]["override"], given)

    def _system(self):
        platform = self.pkgs["stdenv"]["hostPlatform"]
        # GHC has one name for all of these processors.
        return "arm-linux" if computed(platform["isAarch32"]) else str(computed(platform["system"]))

    def _compiled(self):
        files = [f"install -D {self._in_text(file)} config/lib/{name}\n" for name, file in self.libFiles.items()]
        inputs = [self._xmonad()]
        if self.buildScript is not None:
            files.append(f"install -m 555 {self._in_text(self.buildScript)} config/build\n")
            compiler = function("packages", lambda given: [given["xmonad"], *self._packages(given)])
            inputs.append(self._made(self._compiler(), compiler))
        program = f"xmonad-{self._system()}"
        code = COMPILE.format(config=self._in_text(self.config), files="".join(files), program=program)
        made = self._made("runCommandLocal", "xmonad-compile", {"nativeBuildInputs": inputs}, code)
        return f"{made}/bin/{program}"

    @defines("home.packages")
    def installed(self):
        return [self._made(self.pkgs["lib"]["lowPrio"], self._xmonad())]

    @defines("xsession.windowManager.command")
    def command(self):
        return f"{self._xmonad()}/bin/xmonad" if self.config is None else self._compiled()

    @defines("home.file")
    def library(self):
        return {f".xmonad/lib/{name}": {"source": file} for name, file in self.libFiles.items()}

    @defines("home.file", when=lambda self: self.config is not None)
    def files(self):
        yield {".xmonad/xmonad.hs": {"source": self.config}}
        system = computed(self.pkgs["stdenv"]["hostPlatform"]["system"])
        change = RESTART.format(command=self["xsession.windowManager.command"])
        yield {f".xmonad/xmonad-{system}": {"source": self._compiled(), "onChange": change}}
