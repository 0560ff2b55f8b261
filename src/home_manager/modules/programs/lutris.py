from home_manager.authoring import *


def runner_name(package):
    """The name of a package of wine; Lutris does not see those with capitals."""
    return str(package["name"]).lower()


class Runner(Options):
    """Options of a runner."""

    freeform = t.yaml
    runner_executable = option(
        t.either(t.str, t.path), default="", doc="The program of the runner, in place of a package. Not for wine."
    )


class System(Options):
    """Options of the system."""

    freeform = t.yaml


class RunnerSettings(Options):
    """The settings of a runner."""

    runner = option(t.submodule(Runner), default={}, doc="Options of the runner itself; its source in Lutris has them.")
    system = option(
        t.submodule(System),
        default={},
        doc="Options of the system for the runner; see "
        "<https://github.com/lutris/lutris/blob/master/lutris/sysoptions.py#L78>.",
    )


class OneRunner(Options):
    """A runner."""

    package = option(
        t.null_or(t.package),
        default=None,
        example=literal('"pkgs.cemu"'),
        doc="The package whose main program is the runner. Not for wine.",
    )
    settings = option(t.submodule(RunnerSettings), default={}, doc="The settings of the runner.")


def packages(example, doc):
    return option(t.list_of(t.package), default=[], example=literal(f'"{example}"'), doc=doc)


def maybe_package(example, doc):
    return option(t.null_or(t.package), default=None, example=literal(f'"{example}"'), doc=doc)


def given(values):
    """What is set, throughout."""
    kept = {k: given(v) if isinstance(v, dict) and "outPath" not in v else v for k, v in values.items()}
    return {k: v for k, v in kept.items() if v is not None and v != "" and v != {}}


class Lutris(Program):
    """Lutris, which starts games"""

    platforms = ("linux",)

    package = Package("lutris", install=False)
    steamPackage = maybe_package(
        "pkgs.steam or osConfig.programs.steam.package",
        "The Steam that Lutris uses. Where the system has one, this has to be the same, as two are in each other's way.",
    )
    extraPackages = packages(
        "with pkgs; [mangohud winetricks gamescope gamemode umu-launcher]",
        "Packages that Lutris finds. It does not find runners so.",
    )
    defaultWinePackage = maybe_package(
        "pkgs.proton-ge-bin",
        "The wine that is used by default, which has to be among the packages of wine or Proton too.",
    )
    protonPackages = packages("[ pkgs.proton-ge-bin ]", "Packages of Proton, for umu-launcher.")
    winePackages = packages("[ pkgs.wineWow64Packages.full ]", "Packages of wine.")
    runners = option(
        t.attrs_of(t.submodule(OneRunner)),
        default={},
        example=literal(
            "''\n  runners = {\n    cemu.package = pkgs.cemu;\n    pcsx2.config = {\n"
            '      system.disable_screen_saver = true;\n      runner.runner_executable = "$\\{pkgs.pcsx2}/bin/pcsx2-qt";\n'
            "    };\n  };\n''"
        ),
        doc="Runners by the names of `lutris --list-runners`. Lutris itself cannot change them.",
    )

    @check
    def processor_fits(self):
        if not self.pkgs["stdenv"]["hostPlatform"]["isx86_64"]:
            yield "programs.lutris needs a processor of the kind x86_64."

    @warn
    def set_twice(self):
        both = [
            name
            for name, runner in sorted(self.runners.items())
            if runner.package is not None and runner.settings.runner.runner_executable != ""
        ]
        if both:
            yield (
                "Under programs.lutris.runners, the following lutris runners had both a\n"
                "<runner>.package and <runner>.settings.runner.runner_executable options set:\n"
                f"  - {', '.join(both)}\n"
                "Note that runner_executable overrides package, setting both is pointless.\n"
            )
        wine = self.runners.get("wine")
        if wine is not None and wine.package is not None:
            yield (
                "Setting programs.lutris.runners.wine.package does nothing.\n"
                "Use the respective options, proton/winePackages and defaultWinePackage.\n"
            )
        if wine is not None and "version" in wine.settings.runner and self.defaultWinePackage is not None:
            yield (
                "Found conflicting options under programs.lutris, both runners.wine.settings.version and "
                "defaultWinePackage\nwere set.\n"
            )

    @defines("home.packages")
    def installed(self):
        more = [*self.extraPackages, *([] if self.steamPackage is None else [self.steamPackage])]
        arguments = {"steamSupport": False, "extraPkgs": function("extraPkgs", lambda pkgs: more)}
        return [self._made(self.package["override"], arguments)]

    @defines("xdg.configFile")
    def runner_files(self):
        found = {name: self._settings_of(name, runner) for name, runner in self.runners.items()}
        if self.defaultWinePackage is not None:
            wine = found.setdefault("wine", {})
            wine["wine"] = {"version": runner_name(self.defaultWinePackage), **wine.get("wine", {})}
        return {f"lutris/runners/{name}.yml": {"text": formats.yaml.render(values)} for name, values in found.items()}

    def _settings_of(self, name, runner):
        program = {} if runner.package is None else {"runner_executable": exe(runner.package)}
        return given({name: {**runner.settings.runner, **program}, "system": dict(runner.settings.system)})

    @defines("xdg.dataFile")
    def wines(self):
        proton = "wine" if version_at_least(self.package["version"], "0.5.20") else "proton"
        for package in self.winePackages:
            yield {f"lutris/runners/wine/{runner_name(package)}": {"source": package}}
        for package in self.protonPackages:
            tool = package["steamcompattool"]
            yield {f"lutris/runners/{proton}/{runner_name(tool)}": {"source": tool}}
