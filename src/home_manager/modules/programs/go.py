from home_manager.authoring import *

SUPPORT = "Library/Application Support"


def directories(what, separator):
    return option(
        t.either(t.str, t.list_of(t.str)),
        default="",
        apply=lambda value: value if isinstance(value, str) else separator.join(value),
        doc=what,
    )


class Environment(Options):
    """What `go env -w` would write"""

    freeform = t.attrs_of(t.str)

    GOPATH = directories("The directories that Go's tools work in.", ":")
    GOPRIVATE = directories("Patterns of modules that no proxy and no database of checksums knows.", ",")


class Telemetry(Options):
    """What Go collects about its use"""

    mode = option(
        t.null_or(t.enum("off", "local", "on")),
        default=None,
        doc="Whether data is collected (`local`), and also sent (`on`).",
    )
    date = option(t.str, default="1970-01-01", doc="Since when it has been like that; only data from later is sent.")


class Go(Program):
    """Go"""

    package = Package("go", nullable=True)
    packages = option(
        t.attrs_of(t.path),
        default={},
        example=literal(
            "{\n"
            '  "golang.org/x/text" = builtins.fetchGit "https://go.googlesource.com/text";\n'
            '  "golang.org/x/time" = builtins.fetchGit "https://go.googlesource.com/time";\n'
            "}\n"
        ),
        doc="Sources that are put below GOPATH, by import path.",
    )
    env = option(
        t.submodule(Environment),
        default={},
        example=literal(
            "{\n"
            "  GOPATH = [\n"
            '    "${config.home.homeDirectory}/mygo"\n'
            '    "/another/go"\n'
            '    "/yet/another/go"\n'
            "  ];\n"
            "\n"
            "  GOPRIVATE = [\n"
            '    "*.corp.example.com"\n'
            '    "rsc.io/private"\n'
            "  ];\n"
            "\n"
            '  CXX = "g++";\n'
            '  GCCGO = "gccgo";\n'
            '  GOAMD64 = "v1";\n'
            '  GOARCH = "amd64";\n'
            '  GOAUTH = "netrc";\n'
            "}\n"
        ),
        doc="Variables of Go, for its file `go/env`, see `go help environment`.",
    )
    telemetry = option(
        t.submodule(Telemetry), default={}, doc="What Go collects about its use, see <https://go.dev/doc/telemetry>."
    )
    renamed = (
        Renamed("goPrivate", "env.GOPRIVATE"),
        Renamed("goBin", "env.GOBIN", change=lambda self, path: f"{self['home.homeDirectory']}/{path}"),
        Renamed(
            "extraGoPaths",
            "env.GOPATH",
            change=lambda self, paths: after([f"{self['home.homeDirectory']}/{path}" for path in paths]),
        ),
        Renamed("goPath", "env.GOPATH", change=lambda self, path: [f"{self['home.homeDirectory']}/{path}"]),
    )

    def _first(self):
        return self.env.GOPATH.split(":")[0]

    def _is_inside(self):
        return not self._first() or self._first().startswith(self["home.homeDirectory"])

    @check(when=packages)
    def sources_have_a_place(self):
        if not self._is_inside():
            yield (
                "With `programs.go.packages`, the first element of `programs.go.env.GOPATH` must be an absolute path "
                f"to a directory inside {self['home.homeDirectory']}."
            )

    @defines("home.file", when=_is_inside)
    def sources(self):
        return {f"{self._first() or 'go'}/src/{name}": {"source": source} for name, source in self.packages.items()}

    @defines("home.file")
    def files(self):
        place = f"{SUPPORT}/" if self._is_on("darwin") else f"{self['xdg.configHome']}/"
        if self.env:
            given = {name: value for name, value in self.env.items() if value != ""}
            yield {f"{place}go/env": {"text": formats.keyvalue.render(given)}}
        if self.telemetry.mode is not None:
            yield {f"{place}go/telemetry/mode": {"text": f"{self.telemetry.mode} {self.telemetry.date}"}}
