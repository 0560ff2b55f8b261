"""`xresources`: settings of programs of X."""

from home_manager.authoring import *

VALUE = t.one_of(t.bool, t.int, t.float, t.str)


def shown(value) -> str:
    if isinstance(value, list):
        return ", ".join(shown(each) for each in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(formats.plain.to_string(value))


class XResources(Module):
    """X resources"""

    namespace = "xresources"
    by_mention = True

    properties = option(
        t.null_or(t.attrs_of(t.either(VALUE, t.list_of(VALUE)))),
        default=None,
        example={
            "Emacs*toolBar": 0,
            "XTerm*faceName": "dejavu sans mono",
            "XTerm*charClass": ["37:48", "45-47:48", "58:48", "64:48", "126:48"],
        },
        doc="Resources of the X server. The elements of a list are joined by commas.",
    )
    extraConfig = option(
        t.lines, default="", example=literal("builtins.readFile ./Xresources.dark"), doc="Text before the properties."
    )
    path = option(
        t.str,
        default=lambda self: f"{self['home.homeDirectory']}/.Xresources",
        default_text='"$HOME/.Xresources"',
        doc="Where the file lies.",
    )

    def _given(self) -> bool:
        return bool(self.properties) or self.extraConfig != ""

    def _load(self) -> str:
        return f"{exe(self.pkgs['xrdb'])} -merge {self.path}"

    @defines("home.file", when=lambda self: self._given())
    def file(self):
        lines = [self.extraConfig] if self.extraConfig else []
        lines += [f"{name}: {shown(value)}" for name, value in sorted((self.properties or {}).items())]
        change = f"if [[ -v DISPLAY ]]; then\n  {self._load()}\nfi\n"
        return {self.path: {"text": "\n".join(lines) + "\n", "onChange": change}}

    @defines("xsession.profileExtra", when=lambda self: self._given())
    def load(self):
        return self._load()
