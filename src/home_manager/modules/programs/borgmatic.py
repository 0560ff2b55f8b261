from home_manager.authoring import *


def given(type, doc, **more):
    return option(t.null_or(type), default=None, doc=doc, **more)


def kept(frequency):
    return given(t.int, f"How many {frequency} archives are kept.", example=3)


def extra(what):
    return option(
        t.yaml,
        default={},
        doc=f"Further settings for {what}, see <https://torsion.org/borgmatic/reference/configuration/>.",
    )


def without_null(values):
    return {name: value for name, value in values.items() if value is not None}


class Repository(Options):
    """A repository of Borg"""

    path = option(
        t.str, example="ssh://myuser@myrepo.myserver.com/./repo", doc="The path or address of the repository."
    )
    label = given(t.str, "Another name for the repository.", example="remote")


class Check(Options):
    """A check of consistency"""

    name = option(t.enum("repository", "archives", "data", "extract"), example="repository", doc="What is checked.")
    frequency = given(t.str_matching("([[:digit:]]+ .*)|always"), "How often it is checked.", example="2 weeks")


class Location(Options):
    """What is backed up, and where to"""

    sourceDirectories = given(
        t.list_of(t.str),
        "The directories that are backed up; either these or `patterns`.",
        example=literal("[config.home.homeDirectory]"),
    )
    patterns = given(
        t.list_of(t.str),
        "Patterns of what is backed up and what is not, see `borg help patterns`.",
        example=[
            "R /home/user",
            "- home/user/.cache",
            "- home/user/Downloads",
            "+ home/user/Videos/Important Video",
            "- home/user/Videos",
        ],
    )
    repositories = option(
        t.list_of(t.either(t.str, t.submodule(Repository))),
        example=[
            {"label": "server", "path": "ssh://myuser@myrepo.myserver.com/./repo"},
            {"label": "local", "path": "/var/lib/backups/local.borg"},
        ],
        apply=lambda values: [{"path": value} if isinstance(value, str) else without_null(value) for value in values],
        doc="The repositories that archives are made in.",
    )
    excludeHomeManagerSymlinks = option(
        t.bool, default=False, example=True, doc="Whether links that Home Manager makes are left out."
    )
    extraConfig = extra("the location")

    @defines(".extraConfig", when=excludeHomeManagerSymlinks)
    def links(self):
        home, files = self["home.homeDirectory"], self["home.file"].values()
        lines = "".join(f"{home}/{file.target}\n" for file in files if not file.recursive)
        return {"exclude_from": after([str(self._made("writeText", "hm-symlinks.txt", lines))])}


class Storage(Options):
    """How archives are stored"""

    encryptionPasscommand = given(
        t.str,
        "The command that prints the passphrase of the repository.",
        example=literal('"${pkgs.password-store}/bin/pass borg-repo"'),
    )
    extraConfig = extra("storage")


class Retention(Options):
    """Which archives are kept"""

    keepWithin = given(t.str_matching("[[:digit:]]+[Hdwmy]"), "Archives that are younger are all kept.", example="2d")
    keepSecondly = kept("secondly")
    keepMinutely = kept("minutely")
    keepHourly = kept("hourly")
    keepDaily = kept("daily")
    keepWeekly = kept("weekly")
    keepMonthly = kept("monthly")
    keepYearly = kept("yearly")
    extraConfig = extra("retention")


class Consistency(Options):
    """What is checked"""

    checks = option(
        t.list_of(t.submodule(Check)),
        default=[],
        example=[
            {"frequency": "2 weeks", "name": "repository"},
            {"frequency": "4 weeks", "name": "archives"},
            {"frequency": "6 weeks", "name": "data"},
            {"frequency": "6 weeks", "name": "extract"},
        ],
        doc="Checks of consistency.",
    )
    extraConfig = extra("consistency")


class Output(Options):
    """What is said"""

    extraConfig = extra("output")


class Hooks(Options):
    """What runs before and after"""

    extraConfig = extra("hooks")


class Backup(Options):
    """A backup"""

    location = group(Location)
    storage = group(Storage)
    retention = group(Retention)
    consistency = group(Consistency)
    output = group(Output)
    hooks = group(Hooks)


SECTIONS = ("location", "storage", "retention", "consistency", "output", "hooks")


def settings(backup):
    """What the file of a backup says."""
    kept = {f"keep_{name}": backup.retention[f"keep{name.capitalize()}"] for name in PERIODS}
    own = {
        "source_directories": backup.location.sourceDirectories,
        "patterns": backup.location.patterns,
        "repositories": backup.location.repositories,
        "checks": backup.consistency.checks,
        "encryption_passcommand": backup.storage.encryptionPasscommand,
        **kept,
    }
    for section in SECTIONS:
        own.update(backup[section].extraConfig)
    return without_null(own)


PERIODS = ("within", "secondly", "minutely", "hourly", "daily", "weekly", "monthly", "yearly")


class Borgmatic(Program):
    """borgmatic, which makes backups with Borg"""

    package = Package("borgmatic", nullable=True)
    backups = option(
        t.attrs_of(t.submodule(Backup)),
        example=literal(
            "{\n  personal.location = {\n"
            '    sourceDirectories = [ "/home/me/personal" ];\n'
            '    repositories = [ "ssh://myuser@myserver.com/./personal-repo" ];\n  };\n}\n'
        ),
        doc="Backups by name, each a file below `~/.config/borgmatic.d`.",
    )

    @check
    def directories_or_patterns(self):
        for name, backup in self.backups.items():
            count = sum(value is not None for value in (backup.location.sourceDirectories, backup.location.patterns))
            if count != 1:
                yield (
                    f"The borgmatic backup `{name}` needs either `location.sourceDirectories` or `location.patterns`, "
                    f"{'and not both' if count else 'and has none'}.\n"
                )

    @defines("xdg.configFile")
    def files(self):
        for name, backup in self.backups.items():
            yield {f"borgmatic.d/{name}.yaml": {"text": self._text(backup)}}

    def _text(self, backup):
        generate = self._argument("lib")["generators"]["toYAML"]
        # It may name every file of the home, so it must not be computed before their names are known.
        return delayed(lambda: self._made(generate, {}, settings(backup)))
