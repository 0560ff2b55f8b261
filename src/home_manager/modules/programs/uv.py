import re

from home_manager.authoring import *

PYTHONS = """\
(
  found=$(for version in @versions@; do @uv@ python list "$version" --managed-python --output-format json || exit; done) || exit
  wanted=$(@jq@ -s '[.[][0].key | values]' <<< "$found")
  @uv@ python list --only-installed --managed-python --output-format json \\
    | @jq@ -r --argjson wanted "$wanted" 'map(.key) - $wanted | unique[]' \\
    | while read -r key; do run @uv@ python uninstall $VERBOSE_ARG "$key"; done
)
"""
"""What removes releases of Python. A request stands for the newest release that matches it; older ones go, too."""

TOOLS = """\
(
  directory=$(@uv@ tool dir) || exit
  for tool in "$directory"/*/; do
    tool=${tool%/} tool=${tool##*/}
    case @names@ in
      *" $tool "*) ;;
      *) [[ ! -d $directory/$tool ]] || run @uv@ tool uninstall $VERBOSE_ARG "$tool" ;;
    esac
  done
)
"""
"""What removes tools. Each has a directory with the name of its package as PEP 503 writes it."""


def pinned(version):
    """Whether a request names a release down to the last number; uv refuses to upgrade such."""
    return re.search(r"[0-9]+[.][0-9]+[.][0-9]+", version) is not None


def tool_name(request):
    """The name of the package in a request for a tool, as PEP 503 writes it."""
    name = re.match(r"[A-Za-z0-9._-]+", request)
    return re.sub("[-_.]+", "-", name.group() if name else request).lower()


def prune(what):
    return option(t.bool, default=False, doc=f"Whether {what} that are not listed are removed.")


class Python(Options):
    """Releases of Python that uv installs"""

    versions = option(
        t.list_of(t.str),
        default=[],
        example=["3.13", "3.12", "pypy@3.11"],
        doc="Releases that are installed at a switch. One with three numbers stays as it is, others are upgraded.",
    )
    default = option(
        t.coerced_to(t.str, lambda version: [version], t.list_of(t.str)),
        default=[],
        example=["3.13", "pypy@3.11"],
        doc="Those of the releases that are the commands `python` and `pypy`.",
    )
    prune = prune("releases")


class Tool(Options):
    """Tools that uv installs"""

    packages = option(
        t.list_of(t.str),
        default=[],
        example=["ruff", "black==24.1.0", "poetry[plugin]"],
        doc="Tools that are installed and upgraded at a switch.",
    )
    prune = prune("tools")


class Uv(Program):
    """uv, which manages projects, releases and tools of Python"""

    package = Package("uv", nullable=True)
    settings = Settings(
        formats.toml,
        file="uv/uv.toml",
        example={
            "pip": {"index-url": "https://index.example/simple"},
            "python-downloads": "never",
            "python-preference": "only-system",
        },
        doc="The settings of uv, see <https://docs.astral.sh/uv/reference/settings/>.",
    )
    python = group(Python)
    tool = group(Tool)

    @check
    def lists_make_sense(self):
        python, tool = self.python, self.tool
        for name, values in (
            ("python.versions", python.versions),
            ("python.default", python.default),
            ("tool.packages", tool.packages),
        ):
            twice = [value for value in dict.fromkeys(values) if values.count(value) > 1]
            if twice:
                yield f"programs.uv.{name} contains duplicate entries: {', '.join(twice)}.\n"
        missing = [version for version in python.default if version not in python.versions]
        if missing:
            names = ", ".join(missing)
            yield f"programs.uv.python.default has {names}, which programs.uv.python.versions lacks, or spells otherwise.\n"
        if self.package is None and (python.versions or python.prune or tool.packages or tool.prune):
            yield "With `programs.uv.python` or `programs.uv.tool`, `programs.uv.package` cannot be null.\n"

    def _run(self, *words):
        return f"run {exe(self.package)} {words[0]} $VERBOSE_ARG {formats.shell.quote_all(words[1:])}\n"

    @defines("home.activation", when=lambda self: self.package is not None)
    def steps(self):
        for name, script in (("uvPython", "".join(self._pythons())), ("uvTool", "".join(self._tools()))):
            if script:
                # Behind the links, as one of them is uv's own configuration.
                yield {name: {"data": script, "before": [], "after": ["linkGeneration"]}}

    def _pythons(self):
        versions, chosen = self.python.versions, self.python.default
        program = exe(self.package)
        if self.python.prune:
            yield formats.shell.script(PYTHONS, uv=program, jq=exe(self.pkgs["jq"]), versions=versions)
        for version in chosen:
            yield self._run("python install", "--default", *([] if pinned(version) else ["--upgrade"]), version)
        others = [version for version in versions if version not in chosen]
        if upgraded := [version for version in others if not pinned(version)]:
            yield self._run("python install", "--upgrade", *upgraded)
        if kept := [version for version in others if pinned(version)]:
            yield self._run("python install", *kept)

    def _tools(self):
        packages = self.tool.packages
        if self.tool.prune:
            names = " ".join(["", *dict.fromkeys(map(tool_name, packages)), ""])
            yield formats.shell.script(TOOLS, uv=exe(self.package), names=names)
        for package in packages:
            yield self._run("tool install", package)
        if packages:
            yield self._run("tool upgrade", *packages)
