from home_manager.authoring import *

DIRECTORY = """\
if [[ ! -d {source} ]]; then
  echo {option} must be a directory >&2
  exit 1
fi
ln -s {source} "$out"
"""

SKILL = """\
if [[ -d {source} ]]; then
  ln -s {source} "$out"
elif [[ -f {source} ]]; then
  mkdir "$out"
  {put} {source} "$out/SKILL.md"
else
  echo "the source of the skill {name} is neither a file nor a directory" >&2
  exit 1
fi
"""

CONTENT = t.either(t.lines, t.path)
"""A text, or the file that holds it."""


def contents(doc, **more):
    """Texts or files by name."""
    return option(t.attrs_of(CONTENT), default={}, doc=doc, **more)


class _Assistant(Program):
    """An assistant that writes code: its instructions, its skills, and the servers that all assistants share."""

    enableMcpIntegration = option(
        t.bool,
        default=False,
        doc="Whether the servers of {option}`programs.mcp.servers` are used, too. Those that are given here go before them.",
    )

    def _library(self, *names):
        """A function of `lib`."""
        found = self._argument("lib")
        for name in names:
            found = found[name]
        return found

    def _called(self, builder, *arguments):
        """What a function gives, as plain values."""
        return seen(self._made(builder, *arguments))

    # Files

    def _is_path(self, value):
        """Whether a value is a path that is written as one, so that what lies there can be looked at."""
        return self._made(self._library("isPath"), value)

    def _is_path_like(self, value):
        """Whether a value is such a path, a package, or a path of the store."""
        return self._made(self._library("hm", "strings", "isPathLike"), value)

    def _is_directory(self, value):
        return self._is_path(value) and self._made(self._library("pathIsDirectory"), value)

    def _not_directories(self, *names):
        """A message for each of these options that is a path, but none of a directory."""
        for name in names:
            value = getattr(self, name)
            if self._is_path(value) and not self._is_directory(value):
                yield f"`{'.'.join(self._base)}.{name}` must be a directory when set to a path"

    def _source_or_text(self, value, *, only_written=False):
        """The entry of a file. `only_written`: a text that is a path of the store is a text all the same."""
        is_file = self._is_path(value) if only_written else self._is_path_like(value)
        return {"source": value} if is_file else {"text": value}

    def _instructions(self, place, value, *, only_written=False):
        """The file of instructions, where there are any."""
        return {} if value == "" else {place: self._source_or_text(value, only_written=only_written)}

    def _checked_directory(self, name, option_name, source):
        """A directory; what cannot be looked at yet is looked at when it is built."""
        if self._is_path(source):
            return source
        words = {
            "source": formats.shell.quote(self._in_text(source)),
            "option": f"{'.'.join(self._base)}.{option_name}",
        }
        return self._made("runCommandLocal", name, {}, DIRECTORY.format(**words))

    def _skill(self, name, source, *, put="ln -s"):
        """The directory of a skill, of which the source may be a single file."""
        words = {"source": formats.shell.quote(self._in_text(source)), "name": name, "put": put}
        return self._made("runCommandLocal", f"{self._base[-1]}-skill", {}, SKILL.format(**words))

    def _skills(self, place, skills):
        """The files of skills: one directory with all of them, or each by its name."""
        if self._is_path_like(skills):
            source = self._checked_directory(f"{self._base[-1]}-skills", "skills", skills)
            return {place: {"source": source, "recursive": True}}
        return dict(self._named_skill(f"{place}/{name}", name, skill) for name, skill in skills.items())

    def _named_skill(self, place, name, skill):
        if self._is_directory(skill):
            return place, {"source": skill, "recursive": True}
        if self._is_path_like(skill) and not self._is_path(skill):
            return place, {"source": self._skill(name, skill), "recursive": True}
        return f"{place}/SKILL.md", self._source_or_text(skill)

    # Servers of the Model Context Protocol

    def _common_servers(self):
        """The servers that all assistants share, where this one takes them."""
        if not self.enableMcpIntegration or not self._takes_part("programs.mcp") or not self["programs.mcp.enable"]:
            return {}
        return dict(self["programs.mcp.servers"].items())

    def _server(self, server, *, name="", exclude=(), file_reference=None, typed=True):
        """A server in the form of a program. With a `name`, variables that are files are read by a script around it."""
        mcp = self._library("hm", "mcp")
        changes = [mcp["addType"]] if typed else []
        if name:
            changes.append(self._made(mcp["wrapEnvFilesCommand"], {"pkgs": self._argument("pkgs"), "name": name}))
        arguments = {"server": server, "exclude": list(exclude), "extraTransforms": changes}
        if file_reference is not None:
            arguments["mkFileRef"] = function("mkFileRef", file_reference)
        return self._called(mcp["transformMcpServer"], arguments)
