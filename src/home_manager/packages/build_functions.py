"""The functions of a package set that make things: `writeText`, `runCommand`, `symlinkJoin` and their like, for Nix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

import home_manager.formats
from home_manager.diagnostics import failure
from home_manager.formats import shell
from home_manager.nix.errors import throw
from home_manager.nix.evaluation import call
from home_manager.packages.builders import Builders, checked_name
from home_manager.packages.firefox_wrapper import wrap_firefox
from home_manager.packages.reference import Package, exe, passed_through
from home_manager.values import Attrs, Builtin, Function, PathValue, Value
from home_manager.values.lazy import Delayed, force

ReadFile = Callable[[str], bytes]


def attrs_of(value: Value, what: str) -> dict[str, Value]:
    """A set of arguments."""
    value = force(value)
    if isinstance(value, Function):
        value = force(call(value, Attrs()))
    if not isinstance(value, dict):
        raise failure("builder-arguments", f"`{what}` needs a set of arguments")
    return cast(dict[str, Value], value)


class Functions:
    """The making functions of one package set. `package` finds a package of it by name."""

    def __init__(self, make: Builders, package: Callable[[str], Value], read_file: ReadFile) -> None:
        self._make = make
        self._package = package
        self._read_file = read_file

    def table(self) -> Mapping[str, Value]:
        """Each function by its name in nixpkgs."""
        one: dict[str, Callable[[Value], Value]] = {
            "writeTextFile": self.write_text_file,
            "writeShellApplication": self.write_shell_application,
            "symlinkJoin": self.symlink_join,
            "buildEnv": self.build_env,
            "substituteAll": self.substitute_all,
            "substitute": self.substitute,
            "makeDesktopItem": self.make_desktop_item,
            "applyPatches": self.apply_patches,
            "closureInfo": lambda given: self._command(given, "closure-info", "mkdir $out", {}),
            "mkShell": self.mk_shell,
            "mkShellNoCC": self.mk_shell,
        }
        two: dict[str, Callable[[Value, Value], Value]] = {
            "writeText": lambda name, text: self._text(name, text),
            "writeTextDir": lambda path, text: self._text(path, text, folder=True),
            "writeScript": lambda name, text: self._text(name, text, executable=True),
            "writeScriptBin": lambda name, text: self._text(name, text, executable=True, program=True),
            "writeShellScript": lambda name, text: self._make.shell_script(self._str(name), self._str(text)),
            "writeShellScriptBin": lambda name, text: self._make.shell_script(
                self._str(name), self._str(text), program=True
            ),
            "concatText": lambda name, files: self.concat(name, files, executable=False),
            "concatScript": lambda name, files: self.concat(name, files, executable=True),
            "linkFarm": self.link_farm,
            "linkTo": lambda name, target: self._make.link(self._str(name), self._str(target)),
            "linkFarmFromDrvs": self.link_farm_from_packages,
            "replaceVars": self.replace_vars,
            "wrapFirefox": lambda browser, given: wrap_firefox(self._make, browser, given),
            "writeClosure": lambda name, paths: self._text(name, self._str(paths)),
        }
        found: dict[str, Value] = {name: Builtin(name, 1, run) for name, run in one.items()}
        found.update((name, Builtin(name, 2, run)) for name, run in two.items())
        for name in ("runCommand", "runCommandLocal", "runCommandCC", "runCommandNoCC"):
            found[name] = Builtin(name, 3, self.run_command)
        found["runCommandWith"] = Builtin("runCommandWith", 2, self.run_command_with)
        found["replaceVarsWith"] = Builtin("replaceVarsWith", 1, self.replace_vars_with)
        found["writers"] = Delayed(self.writers)
        found["emptyFile"] = Delayed(lambda: self._make.text("empty-file", ""))
        found["emptyDirectory"] = Delayed(lambda: self._make.link_farm("empty-directory", {}))
        return found

    def _str(self, value: Value) -> str:
        return self._make.text_of(value)

    # Texts

    def _text(
        self, name: Value, text: Value, *, executable: bool = False, program: bool = False, folder: bool = False
    ) -> Package:
        word, content = self._str(name), self._str(text)
        if folder:
            return self._make.text(word.rpartition("/")[2], content, destination=f"/{word.lstrip('/')}")
        destination = f"/bin/{word}" if program else ""
        return self._make.text(word, content, executable=executable, destination=destination)

    def write_text_file(self, arguments: Value) -> Value:
        given = attrs_of(arguments, "writeTextFile")
        attributes = {**passed_through(given), "meta": given.get("meta", Attrs())}
        return self._make.text(
            checked_name(given, "writeTextFile"),
            self._str(given["text"]) if "text" in given else "",
            executable=force(given.get("executable", False)) is True,
            destination=self._str(given.get("destination", "")),
            attributes=attributes,
        )

    def write_shell_application(self, arguments: Value) -> Value:
        given = attrs_of(arguments, "writeShellApplication")
        name = checked_name(given, "writeShellApplication")
        options = force(given.get("bashOptions", ["errexit", "nounset", "pipefail"]))
        lines = [f"#!{self._make.shell()}"]
        lines += [f"set -o {self._str(option)}" for option in (options if isinstance(options, list) else [])]
        variables = force(given.get("runtimeEnv", None))
        if isinstance(variables, dict):
            lines += [shell.export(key, self._str(value)) for key, value in variables.items()]
        inputs = self._make.paths_of(given.get("runtimeInputs", []))
        if inputs:
            rest = ":$PATH" if force(given.get("inheritPath", True)) is not False else ""
            lines += ["", f'export PATH="{":".join(f"{path}/bin" for path in inputs)}{rest}"']
        lines += ["", self._str(given["text"]) if "text" in given else "", ""]
        return self._make.text(
            name,
            "\n".join(lines),
            executable=True,
            destination=f"/bin/{name}",
            main_program=name,
            attributes={**passed_through(given), "meta": given.get("meta", Attrs())},
        )

    def concat(self, name: Value, files: Value, *, executable: bool) -> Value:
        files = force(files)
        texts = [self._read(file) for file in files] if isinstance(files, list) else []
        if None not in texts:
            return self._make.text(self._str(name), "".join(cast(list[str], texts)), executable=executable)
        paths = " ".join(self._make.copied(file) for file in cast(list[Value], files))
        script = f"cat {paths} > $out" + ("\nchmod +x $out" if executable else "")
        return self._make.command(self._str(name), script, {})

    def _read(self, file: Value) -> str | None:
        """The text of a file that is there already, or that the configuration makes as a text."""
        file = force(file)
        if isinstance(file, Package):
            text = file.get("text")
            return self._str(text) if text is not None and not force(file.get("destination", "")) else None
        path = file.text if isinstance(file, PathValue) else self._str(file)
        if path.startswith(self._make.recipes.prefix):
            return None
        return self._read_file(path).decode("utf-8", "surrogateescape")

    def replace_vars(self, file: Value, variables: Value) -> Value:
        given = attrs_of(variables, "replaceVars")
        path = force(file)
        name = (path.text if isinstance(path, PathValue) else self._str(path)).rpartition("/")[2]
        values = {key: self._str(value) for key, value in given.items() if force(value) is not None}
        text = self._read(path)
        if text is None:
            words = " ".join(f"--subst-var-by {key} {_quoted(value)}" for key, value in values.items())
            return self._make.command(name, f"substitute {self._make.copied(path)} $out {words}", {})
        for key, value in values.items():
            if f"@{key}@" not in text:
                raise failure("replace-vars", f"`{name}` has no `@{key}@` that `replaceVars` could replace")
            text = text.replace(f"@{key}@", value)
        return self._make.text(name, text)

    def replace_vars_with(self, arguments: Value) -> Value:
        given = attrs_of(arguments, "replaceVarsWith")
        made = self.replace_vars(given["src"], given.get("replacements", Attrs()))
        if "name" not in given and "dir" not in given and not force(given.get("isExecutable", False)):
            return made
        assert isinstance(made, Package)
        name = self._str(given.get("name", made["name"]))
        folder = self._str(given.get("dir", ""))
        text = self._str(made.get("text", ""))
        return self._make.text(
            name,
            text,
            executable=force(given.get("isExecutable", False)) is True,
            destination=f"/{folder}/{name}" if folder else "",
        )

    def substitute_all(self, arguments: Value) -> Value:
        given = attrs_of(arguments, "substituteAll")
        path = force(given["src"])
        shown = (path.text if isinstance(path, PathValue) else self._str(path)).rpartition("/")[2]
        text = self._read(path)
        name = self._str(given.get("name", shown))
        if text is None:
            return self._make.command(name, f"substituteAll {self._make.copied(path)} $out", given)
        for key, value in self._make.variables(given).items():
            text = text.replace(f"@{key}@", value)
        folder = self._str(given.get("dir", ""))
        return self._make.text(
            name,
            text,
            executable=force(given.get("isExecutable", False)) is True,
            destination=f"/{folder}/{name}" if folder else "",
        )

    def substitute(self, arguments: Value) -> Value:
        given = attrs_of(arguments, "substitute")
        items = force(given.get("substitutions", []))
        words = " ".join(_quoted(self._str(word)) for word in (items if isinstance(items, list) else []))
        name = (
            self._str(given["name"])
            if "name" in given
            else self._make.copied(given["src"])[len(self._make.recipes.prefix) + 33 :]
        )
        return self._make.command(name, f"substitute {self._make.copied(given['src'])} $out {words}", {})

    # Trees

    def symlink_join(self, arguments: Value) -> Value:
        given = attrs_of(arguments, "symlinkJoin")
        script = self._str(given.get("postBuild", ""))
        inputs = [
            *self._make.paths_of(given.get("nativeBuildInputs", [])),
            *self._make.paths_of(given.get("buildInputs", [])),
        ]
        attributes = {**passed_through(given), "paths": given.get("paths", [])}
        attributes.update((key, given[key]) for key in ("meta", "version", "pname") if key in given)
        return self._make.joined(
            checked_name(given, "symlinkJoin"),
            self._make.paths_of(given.get("paths", [])),
            below=self._str(given.get("stripPrefix", "")),
            script=script,
            inputs=inputs,
            attributes=attributes,
        )

    def build_env(self, arguments: Value) -> Value:
        given = attrs_of(arguments, "buildEnv")
        paths = force(given.get("paths", []))
        items = [force(item) for item in paths] if isinstance(paths, list) else []
        priorities = {str(item): item.priority for item in items if isinstance(item, Package)}
        folders = force(given.get("pathsToLink", ["/"]))
        only = [self._str(folder) for folder in (folders if isinstance(folders, list) else [])]
        inputs = [
            *self._make.paths_of(given.get("nativeBuildInputs", [])),
            *self._make.paths_of(given.get("buildInputs", [])),
        ]
        attributes = {**passed_through(given), "paths": paths}
        attributes.update((key, given[key]) for key in ("meta",) if key in given)
        return self._make.joined(
            checked_name(given, "buildEnv"),
            self._make.paths_of(paths),
            only=only,
            whole=True,
            script=self._str(given.get("postBuild", "")),
            inputs=inputs,
            priorities=priorities,
            attributes=attributes,
        )

    def link_farm(self, name: Value, entries: Value) -> Value:
        entries = force(entries)
        found: dict[str, str] = {}
        if isinstance(entries, dict):
            found = {key: self._make.copied(value) for key, value in entries.items()}
        elif isinstance(entries, list):
            for entry in entries:
                item = attrs_of(entry, "linkFarm")
                found[self._str(item["name"])] = self._make.copied(item["path"])
        return self._make.link_farm(self._str(name), found)

    def link_farm_from_packages(self, name: Value, packages: Value) -> Value:
        packages = force(packages)
        items = [attrs_of(item, "linkFarmFromDrvs") for item in (packages if isinstance(packages, list) else [])]
        return self._make.link_farm(self._str(name), {self._str(item["name"]): self._str(item) for item in items})

    # Commands

    def run_command(self, name: Value, environment: Value, script: Value) -> Value:
        given = attrs_of(environment, "runCommand")
        return self._command(given, self._str(name), self._str(script), given)

    def run_command_with(self, arguments: Value, script: Value) -> Value:
        given = attrs_of(arguments, "runCommandWith")
        return self.run_command(given["name"], given.get("derivationArgs", Attrs()), script)

    def _command(self, given: Value, name: str, script: str, environment: Mapping[str, Value]) -> Package:
        attributes = passed_through(environment)
        return self._make.command(name, script, environment, attributes=attributes)

    def make_derivation(self, arguments: Value) -> Value:
        """`stdenv.mkDerivation`: sources that a script makes something of, without a compiler of our own."""
        given = force(arguments)
        if isinstance(given, Function):
            # The function is given its own result: the attributes, and the package that they become.
            holder: list[Attrs] = []
            own = attrs_of(call(given, Delayed(lambda: holder[0])), "mkDerivation")
            holder.append(Attrs({**own, "finalPackage": Delayed(lambda: self._derivation(own))}))
            return force(holder[0]["finalPackage"])
        return self._derivation(attrs_of(given, "mkDerivation"))

    def _derivation(self, given: Mapping[str, Value]) -> Package:
        return self._make.command(
            checked_name(given, "mkDerivation"),
            self._str(given["buildCommand"]) if force(given.get("buildCommand")) is not None else "",
            given,
            phases=True,
            attributes=passed_through(given),
        )

    def apply_patches(self, arguments: Value) -> Value:
        given = attrs_of(arguments, "applyPatches")
        if not self._make.paths_of(given.get("patches", [])):
            return given["src"]
        return self._make.command(
            self._str(given.get("name", "source-patched")),
            "",
            {**given, "installPhase": "cp -r . $out", "dontBuild": True},
            phases=True,
        )

    def mk_shell(self, arguments: Value) -> Value:
        given = attrs_of(arguments, "mkShell")
        raise throw(
            f"a development shell{' (' + self._str(given['name']) + ')' if 'name' in given else ''} cannot be made by "
            "home-manager: it takes a compiler and its libraries, which no provider here has"
        )

    def make_desktop_item(self, arguments: Value) -> Value:
        given = attrs_of(arguments, "makeDesktopItem")
        return desktop_item(self._make, given)

    def writers(self) -> Value:
        """`pkgs.writers`: scripts in languages that are run by an interpreter."""

        def script(interpreter: Callable[[], str], *, program: bool = False, options: bool = False) -> Builtin:
            def write(*arguments: Value) -> Value:
                name, text = self._str(arguments[0]), self._str(arguments[-1])
                return self._make.text(
                    name.rpartition("/")[2],
                    f"#!{interpreter()}\n{text}",
                    executable=True,
                    destination=f"/bin/{name}" if program else name if name.startswith("/") else "",
                )

            return Builtin("writer", 3 if options else 2, write)

        def of(package: str, path: str) -> Callable[[], str]:
            return lambda: f"{self._str(self._package(package))}{path}"

        def main(package: str) -> Callable[[], str]:
            return lambda: exe(self._package(package))

        found: dict[str, Value] = {"writeText": Builtin("writeText", 2, self._text)}
        for name, interpreter, options in (
            ("Bash", lambda: self._make.shell(), False),
            ("Dash", main("dash"), False),
            ("Fish", of("fish", "/bin/fish --no-config"), False),
            ("Nu", of("nushell", "/bin/nu --no-config-file"), False),
            ("Lua", main("lua"), True),
            ("Perl", main("perl"), True),
            ("Python3", of("python3", "/bin/python3"), True),
            ("Ruby", main("ruby"), True),
        ):
            found[f"write{name}"] = script(cast(Any, interpreter), options=options)
            found[f"write{name}Bin"] = script(cast(Any, interpreter), program=True, options=options)
        for name in ("json", "toml", "yaml"):
            found[f"write{name.upper()}"] = Builtin(f"write{name.upper()}", 2, _rendered(self._make, name))
        return Attrs(found)


def _rendered(make: Builders, format_name: str) -> Callable[[Value, Value], Value]:
    def write(name: Value, value: Value) -> Value:
        renderer = getattr(home_manager.formats, format_name)
        return make.text(make.text_of(name), renderer.render(value))

    return write


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


DESKTOP = (
    ("type", "Type"), ("desktopName", "Name"), ("genericName", "GenericName"), ("noDisplay", "NoDisplay"),
    ("comment", "Comment"), ("icon", "Icon"), ("onlyShowIn", "OnlyShowIn"), ("notShowIn", "NotShowIn"),
    ("dbusActivatable", "DBusActivatable"), ("tryExec", "TryExec"), ("exec", "Exec"), ("path", "Path"),
    ("terminal", "Terminal"), ("mimeTypes", "MimeType"), ("categories", "Categories"), ("implements", "Implements"),
    ("keywords", "Keywords"), ("startupNotify", "StartupNotify"), ("startupWMClass", "StartupWMClass"), ("url", "URL"),
    ("prefersNonDefaultGPU", "PrefersNonDefaultGPU"),
)  # fmt: skip
"""Arguments of `makeDesktopItem` and the keys of the desktop entry specification that they become."""


def desktop_item(make: Builders, given: Mapping[str, Value]) -> Package:
    """A desktop entry below share/applications."""

    def word(value: Value) -> str:
        value = force(value)
        if isinstance(value, bool):
            return "true" if value else "false"
        text = ";".join(map(make.text_of, value)) if isinstance(value, list) else make.text_of(value)
        # A line break in a value would end it, and what follows would be taken for another key.
        return text.replace("\n", "\\n").replace("\r", "\\r")

    def section(title: str, entries: Mapping[str, Value]) -> str:
        lines = [f"{key}={word(entries[key])}" for key in sorted(entries) if force(entries[key]) not in (None, [])]
        return "\n".join((f"[{title}]", *lines, ""))

    entry: dict[str, Value] = {key: given.get(name, "Application" if name == "type" else None) for name, key in DESKTOP}
    further = force(given.get("extraConfig", Attrs()))
    entry.update(further.items() if isinstance(further, dict) else ())
    actions = force(given.get("actions", Attrs()))
    texts = []
    if isinstance(actions, dict) and actions:
        entry["Actions"] = list(actions)
        for name, action in actions.items():
            fields = attrs_of(action, "makeDesktopItem")
            keys = {"Name": fields.get("name"), "Icon": fields.get("icon"), "Exec": fields.get("exec")}
            texts.append(section(f"Desktop Action {name}", keys))
    entry["Version"] = "1.5"
    name = checked_name(given, "makeDesktopItem")
    text = "\n".join((section("Desktop Entry", entry), *texts))
    return make.text(f"{name}.desktop", text, destination=f"/share/applications/{name}.desktop")
