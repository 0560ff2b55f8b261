"""Where zsh's files lie: `dotDir` as an absolute path and relative to the home, and what is derived from it."""


def home(self) -> str:
    """The home directory without a slash at its end."""
    directory: str = self["home.homeDirectory"]
    return directory.removesuffix("/")


def absolute(self, path: str) -> str:
    """A path as an absolute one; a relative path is one below the home."""
    path = path.removesuffix("/")
    return path if path.startswith("/") else f"{home(self)}/{path}"


def expanded(self, path: str) -> str:
    """A path for a text that the shell expands: one with variables stays as it is, any other becomes absolute."""
    return path.removesuffix("/") if "$" in path else absolute(self, path)


def dot_dir(self) -> str:
    """The directory of zsh's files."""
    given: str | None = self["programs.zsh.dotDir"]
    return home(self) if given is None else absolute(self, given)


def in_home(self) -> bool:
    """Whether the files lie in the home itself."""
    return dot_dir(self) == home(self)


def relative_dot_dir(self) -> str:
    """The directory relative to the home: `.` for the home itself; absolute where it lies elsewhere."""
    return "." if in_home(self) else dot_dir(self).removeprefix(home(self) + "/")


def dot_file(self, name: str) -> str:
    """The name by which `home.file` knows one of zsh's files."""
    return f"{relative_dot_dir(self)}/{name}"


def plugins_dir(self) -> str:
    """The directory that holds the plugins."""
    return f"{dot_dir(self)}{'/.zsh' if in_home(self) else ''}/plugins"
