"""`home.file`: files of the home, and the type that every option of files shares."""

import posixpath
from collections.abc import Callable
from typing import Any

from home_manager.authoring import *


class File(Options):
    """One file; `opt` names the option that it stands in and `base` gives the directory that targets are relative to."""

    enable = option(t.bool, default=True, doc="Whether to make this file; lets one file of a shared set be left out.")
    text = option(
        t.null_or(t.lines), default=None, doc="The file's text. Without it, `source` says where the file comes from."
    )
    source = option(
        t.path, doc="The file or directory that shall appear at the target; made from `text` where that is given."
    )
    executable = option(
        t.null_or(t.bool),
        default=None,
        doc="Whether the file can be run. `null` keeps the bit of `source`; a file made from `text` then cannot be run.",
    )
    recursive = option(
        t.bool,
        default=False,
        doc="For a directory: whether to make a directory with a link for each file in it (`true`), "
        "or one link to the whole (`false`). Other files can be put beside those of a recursive one.",
    )
    ignorelinks = option(
        t.bool,
        default=False,
        doc="With `recursive`: whether a symbolic link in `source` is linked to as it is, instead of being made anew.",
    )
    onChange = option(
        t.lines, default="", doc="Bash code that runs after the files were linked, when this one has changed."
    )
    force = option(
        t.bool,
        default=False,
        doc="Whether a file in the way is replaced without asking. `home-manager restore` has what it held.",
    )
    onDisk = option(
        t.enum("link", "copy", "seed", "merge"),
        default="link",
        doc="What appears at the target. `link`: a symbolic link to the file. `copy`: a real file; where it was changed "
        "by somebody else, it is in the way of the next switch. `seed`: a real file, written only where nothing is, and "
        "then left alone. `merge`: the user's own file, in which the keys of ours are set; a key that is dropped here is "
        "removed there, and everything else, comments and order too, stays as it is. That works for JSON (with "
        "comments), TOML, YAML and INI.",
    )
    mode = option(
        t.null_or(t.str_matching("0?[4-7][0-7]{2}")),
        default=None,
        example="0600",
        doc="The permission bits of a real file, in octal digits; `null` gives a new file those that new files usually "
        "have. A link has none of its own, so this goes with `onDisk` only. The file's text stays readable in the store.",
    )
    mergeFormat = option(
        t.null_or(t.enum("json", "toml", "yaml", "ini")),
        default=None,
        doc='With `onDisk = "merge"`: the format of the file, where the ending of its name does not tell. `json` stands '
        "for JSON with comments, too.",
    )

    @defines(".target")
    def name_is_target(self):
        return default(self._name)

    @defines(".source", when=lambda self: self.text is not None)
    def text_is_source(self):
        spec = {"name": store_name(self._name), "text": self.text, "executable": self.executable is True}
        return default(self._made("writeTextFile", spec))


def file_type(base: Callable[[Any], str], where: str):
    """The type of an option of files whose targets are relative to `base(self)`, a directory of the configuration."""

    class Placed(File):
        target = option(
            t.non_empty_str,
            default_text="name",
            apply=lambda self, target: below_home(self, target, base(self)),
            doc=f"Where the file appears, relative to {where}; by default the name of the attribute.",
        )

    return t.attrs_of(t.submodule(Placed))


def below_home(self, target: str, base: str) -> str:
    """A target relative to the home directory; one outside of it keeps its absolute path, which the build refuses."""
    absolute = target if target.startswith("/") else f"{base}/{target}"
    return absolute.removeprefix(self["home.homeDirectory"] + "/")


class HomeFiles(Module):
    """Files of the home"""

    namespace = "home"

    file = option(
        file_type(lambda self: self["home.homeDirectory"], "the home directory"),
        default={},
        doc="Files and directories to link into the home directory.",
    )
    fileOverlapResolution = option(
        t.enum("ignore", "error", "override"),
        default="ignore",
        visible=False,
        doc="What happens when a file meets one of a directory that is linked recursively: the file is left out, "
        "the build fails, or the file takes the other's place.",
    )

    @defines("assertions")
    def targets_differ(self):
        seen: dict[str, int] = {}
        for entry in self.file.values():
            if entry.enable:
                # However it is spelled: `./a` is the file `a`.
                target = posixpath.normpath(entry.target)
                seen[target] = seen.get(target, 0) + 1
        twice = sorted(target for target, count in seen.items() if count > 1)
        if twice:
            message = (
                f"Conflicting managed target files: {', '.join(twice)}\n\n"
                "Two entries of `home.file` have the same target; give one of them another `target`, or disable it."
            )
            return [{"assertion": False, "message": message}]
        return None
