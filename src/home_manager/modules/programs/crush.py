from home_manager.authoring import *
from home_manager.modules.programs._assistants import _Assistant


class Crush(_Assistant):
    """Crush, a coding assistant of Charm for the terminal"""

    package = Package("crush", nullable=True)
    settings = option(
        t.json,
        default={},
        example={"lsp": {"nix": {"command": "nil"}}, "permissions": {"allowed_tools": ["view"]}},
        doc="What crush.json holds, see <https://github.com/charmbracelet/crush#configuration>.",
    )
    skills = option(
        t.either(t.attrs_of(t.one_of(t.lines, t.path, t.str)), t.path),
        default={},
        example=literal("{ data-analysis = ./skills/data-analysis; }"),
        doc="Skills by name, each a text, a file or a directory with `SKILL.md`; or a directory with all of them.",
    )

    @check
    def skills_are_a_directory(self):
        yield from self._not_directories("skills")

    def _servers(self):
        for name, server in self._common_servers().items():
            # Crush expands commands in what it starts, so a secret needs no script around the server.
            made = self._server(
                server, exclude=["enabled"], file_reference=lambda path: f"$(cat {formats.shell.quote(path)})"
            )
            is_off = server["enabled"] is False or server.get("disabled")
            yield name, {**made, "disabled": True} if is_off else made

    def _settings(self):
        servers = {**dict(self._servers()), **self.settings.get("mcp", {})}
        return {**self.settings, "mcp": servers} if servers else self.settings

    @config_file("crush/crush.json", when=lambda self: self._settings())
    def file(self):
        return formats.json.render({"$schema": "https://charm.land/crush.json", **self._settings()})

    @defines("xdg.configFile")
    def skill_files(self):
        return self._skills("crush/skills", self.skills)
