from home_manager.authoring import *


def named(what, example):
    return option(
        t.attrs_of(t.null_or(t.str)),
        default={},
        example=example,
        doc=f"{what}; `null` and an empty text take away what lf has itself.",
    )


def setting(name, value):
    if isinstance(value, bool):
        return f"set {'' if value else 'no'}{name}"
    if isinstance(value, int):
        return f"set {name} {value}"
    return f'set {name} "{":".join(map(str, value)) if isinstance(value, list) else value}"'


def lines(word, values):
    return "\n".join(f"{word} {name}{f' {value}' if value else ''}" for name, value in sorted(values.items()))


class Previewer(Options):
    """The previews."""

    source = option(
        t.null_or(t.path),
        default=None,
        example=literal(
            'pkgs.writeShellScript "pv.sh" \'\'\n  #!/bin/sh\n\n  case "$1" in\n      *.tar*) tar tf "$1";;\n'
            '      *.zip) unzip -l "$1";;\n      *.rar) unrar l "$1";;\n      *.7z) 7z l "$1";;\n'
            '      *.pdf) pdftotext "$1" -;;\n      *) highlight -O ansi "$1" || cat "$1";;\n  esac\n\'\'\n'
        ),
        doc="The program that makes previews of files.",
    )
    keybinding = option(
        t.null_or(t.str), default=None, example="i", doc="The key that shows the preview in less; `null` for none."
    )


class Lf(Program):
    """lf, a file manager for the terminal"""

    package = Package("lf")
    settings = option(
        t.attrs_of(t.one_of(t.str, t.int, t.list_of(t.either(t.str, t.int)), t.bool)),
        default={},
        example={"number": True, "ratios": [1, 1, 2], "tabstop": 4},
        doc="Options of lf. For `previewer` there is `programs.lf.previewer`.",
    )
    commands = named("Commands by name", {"get-mime-type": '%xdg-mime query filetype "$f"', "open": "$$OPENER $f"})
    keybindings = named(
        "Keys and what they do", {"D": "trash", "U": "!du -sh", "gg": None, "gh": "cd ~", "i": "$less $f"}
    )
    cmdKeybindings = named("Keys of the command line and the builtin commands for them", {"<c-g>": "cmd-escape"})
    previewer = group(Previewer)
    extraConfig = option(t.lines, default="", example="$mkdir -p ~/.trash\n", doc="Lines for the end of lfrc.")

    @config_file("lf/lfrc")
    def file(self):
        blocks = [
            "\n".join(setting(name, value) for name, value in sorted(self.settings.items())),
            lines("cmd", self.commands),
            lines("map", self.keybindings),
            lines("cmap", self.cmdKeybindings),
            self._previews(),
            self.extraConfig,
        ]
        return "\n\n".join(blocks) + "\n"

    def _previews(self):
        source, key = self.previewer.source, self.previewer.keybinding
        if source is None:
            return ""
        script = self._in_text(source)
        bound = "" if key is None else f'map {key} ${script} "$f" | less -R\n'
        return f"set previewer {script}\n{bound}\n"
