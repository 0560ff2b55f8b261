from home_manager.authoring import *


class Zathura(Program):
    """Zathura, a viewer of documents that is worked with the keyboard"""

    package = Package("zathura")
    options = option(
        t.attrs_of(t.one_of(t.str, t.bool, t.int, t.float)),
        default={},
        example={"default-bg": "#000000", "default-fg": "#FFFFFF"},
        doc="What `:set` sets, see zathurarc(5).",
    )
    mappings = option(
        t.attrs_of(t.str),
        default={},
        example={"D": "toggle_page_mode", "<Right>": "navigate next", "[fullscreen] <C-i>": "zoom in"},
        doc="What `:map` maps, see zathurarc(5); a mode in brackets goes before the key.",
    )
    extraConfig = option(t.lines, default="", doc="Lines for the beginning of zathurarc.")

    @config_file("zathura/zathurarc")
    def file(self) -> str:
        lines = [self.extraConfig] if self.extraConfig else []
        for name, value in self.options.items():
            shown = ("true" if value else "false") if isinstance(value, bool) else formats.plain.to_string(value)
            lines.append(f'set {name}\t"{shown}"')
        lines += [f"map {key}   {command}" for key, command in self.mappings.items()]
        return "\n".join(lines) + "\n"
