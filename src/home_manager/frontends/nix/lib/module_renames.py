"""Modules for options that were renamed, merged, changed or removed: `mkRenamedOptionModule` and the like of `lib.modules`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import (
    attrs_of,
    equal,
    flag_of,
    has,
    integer_of,
    list_of,
    select,
    string_of,
)
from home_manager.frontends.nix.lib.attrset_paths import follow, nested, path_of, updated_until
from home_manager.frontends.nix.lib.modules import aliased, condition, definitions_of, merge, with_priority
from home_manager.frontends.nix.lib.options import show_files, show_option
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.frontends.nix.lib.trivial import IDENTITY, OLDEST_SUPPORTED_RELEASE, with_arguments
from home_manager.nix.errors import abort, throw
from home_manager.nix.evaluation import call
from home_manager.values import MISSING, Attrs, Builtin, Value
from home_manager.values.lazy import Delayed

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library

UNSET = "_mkMergedOptionModule"
"""The default that tells an old option that nobody sets from one that is set."""

topic = Topic()


def module(run: Callable[[dict[str, Value]], Attrs]) -> Value:
    """A module that is a function of `config` and `options`."""
    function = Builtin("module", 1, lambda arguments: run(attrs_of(arguments)))
    return with_arguments(function, Attrs({"config": False, "options": False}))


def option_at(path: list[str], attributes: dict[str, Value]) -> Attrs:
    return nested(path, Attrs({"_type": "option", **attributes}))  # type: ignore[return-value]


def shown(path: list[str]) -> str:
    return show_option(list(path))


def found(path: list[str], attrs: Value) -> Value:
    value = follow(path, attrs)
    if value is MISSING:
        raise abort(f"cannot find attribute '{'.'.join(path)}'")
    return value


def files_of(option: Value) -> str:
    return show_files(list_of(select(option, "files")))


@topic.function("mkRemovedOptionModule", 2)
def mk_removed_option_module(name: Value, replacement: Value) -> Value:
    path = path_of(name)

    def refuse(value: Value) -> Value:
        raise throw(
            f"The option `{shown(path)}' can no longer be used since it's been removed. {string_of(replacement)}"
        )

    def run(arguments: dict[str, Value]) -> Attrs:
        option = Delayed(lambda: found(path, arguments["options"]))

        def message() -> str:
            return (
                f"The option definition `{shown(path)}' in {files_of(option)} no longer has any effect; "
                f"please remove it.\n{string_of(replacement)}\n"
            )

        assertion = Attrs(
            {
                "assertion": Delayed(lambda: not flag_of(select(option, "isDefined"))),
                "message": Delayed(message),
            }
        )
        declared = option_at(path, {"visible": False, "apply": Builtin("apply", 1, refuse)})
        return Attrs({"options": declared, "config": Attrs({"assertions": [assertion]})})

    return module(run)


class Rename:
    """An option that stands for another one: where it was, where it is, and what is said of it."""

    __slots__ = ("condition", "keep_priority", "new", "old", "use", "visible", "warn")

    def __init__(
        self,
        old: list[str],
        new: list[str],
        *,
        visible: Value,
        warn: Value,
        use: Value,
        keep_priority: Value = True,
        condition: Value = True,
    ) -> None:
        self.old = old
        self.new = new
        self.visible = visible
        self.warn = warn
        self.use = use
        self.keep_priority = keep_priority
        self.condition = condition

    def target(self, config: Value) -> Value:
        value = follow(self.new, config)
        if value is MISSING:
            raise abort(f"Renaming error: option `{shown(self.new)}' does not exist.")
        return value

    def module(self, library: Library) -> Value:
        def run(arguments: dict[str, Value]) -> Attrs:
            options, config = arguments["options"], arguments["config"]
            old = Delayed(lambda: found(self.old, options))

            def kind() -> Value:
                target = follow(self.new, options)
                if target is not MISSING and has(target, "type"):
                    return select(target, "type")
                return call(library.topic("types")["submodule"], Attrs())

            def warnings() -> Value:
                if not (flag_of(self.warn) and flag_of(select(old, "isDefined"))):
                    return []
                return [
                    f"The option `{shown(self.old)}' defined in {files_of(old)} has been renamed to "
                    f"`{shown(self.new)}'."
                ]

            declared = option_at(
                self.old,
                {
                    "visible": self.visible,
                    "description": f"Alias of {{option}}`{shown(self.new)}`.",
                    "apply": Builtin("apply", 1, lambda _: call(self.use, Delayed(lambda: self.target(config)))),
                    "type": Delayed(kind),
                },
            )
            wrap = Builtin("wrap", 1, lambda content: nested(self.new, content))
            definitions = Delayed(lambda: with_priority(old)) if flag_of(self.keep_priority) else definitions_of(old)

            def notes() -> Value:
                # Asked late: which options there are is not known while modules are collected.
                return Attrs({"warnings": Delayed(warnings)}) if has(options, "warnings") else Attrs()

            parts: list[Value] = [Delayed(notes), aliased(wrap, old, definitions)]
            return Attrs({"options": declared, "config": condition(self.condition, merge(parts))})

        return module(run)


RENAME_ARGUMENTS = frozenset(("from", "to", "visible", "warn", "use", "withPriority", "condition"))


@topic.bound("doRename", 1)
def do_rename(library: Library, arguments: Value) -> Value:
    given = attrs_of(arguments)
    rename = Rename(
        path_of(select(given, "from")),
        path_of(select(given, "to")),
        visible=select(given, "visible"),
        warn=select(given, "warn"),
        use=select(given, "use"),
        keep_priority=given.get("withPriority", True),
        condition=given.get("condition", True),
    )
    return rename.module(library)


@topic.bound("mkRenamedOptionModule", 2)
def mk_renamed_option_module(library: Library, old: Value, new: Value) -> Value:
    source, target = path_of(old), path_of(new)
    message = f"Obsolete option `{shown(source)}' is used. It was renamed to `{shown(target)}'."
    use = Builtin("use", 1, lambda value: call(library.builtin("trace"), message, value))
    return Rename(source, target, visible=False, warn=True, use=use).module(library)


@topic.bound("mkRenamedOptionModuleWith", 1)
def mk_renamed_option_module_with(library: Library, arguments: Value) -> Value:
    given = attrs_of(arguments)
    source, target = path_of(select(given, "from")), path_of(select(given, "to"))
    old_enough = integer_of(select(given, "sinceRelease")) <= OLDEST_SUPPORTED_RELEASE
    message = f"Obsolete option `{shown(source)}' is used. It was renamed to `{shown(target)}'."
    warn = Builtin("use", 1, lambda value: call(library.builtin("warn"), message, value))
    use = warn if old_enough else IDENTITY
    return Rename(source, target, visible=False, warn=old_enough, use=use).module(library)


@topic.bound("mkAliasOptionModule", 2)
def mk_alias_option_module(library: Library, old: Value, new: Value) -> Value:
    return Rename(path_of(old), path_of(new), visible=True, warn=False, use=IDENTITY).module(library)


@topic.bound("mkAliasOptionModuleMD", 2)
def mk_alias_option_module_md(library: Library, old: Value, new: Value) -> Value:
    message = "mkAliasOptionModuleMD is deprecated and will be removed in 26.05; please use mkAliasOptionModule."
    return call(library.builtin("warn"), message, mk_alias_option_module(library, old, new))


def merged_module(old: list[list[str]], new: list[str], function: Value) -> Value:
    """A module that computes a new option from old ones as soon as one of them is set."""

    def run(arguments: dict[str, Value]) -> Attrs:
        options, config = arguments["options"], arguments["config"]
        declared = Attrs()
        for path in old:
            declared = updated_until(None, [], declared, option_at(path, {"visible": False, "default": UNSET}))

        def used() -> list[list[str]]:
            return [path for path in old if not equal(found(path, config), UNSET)]

        def warnings() -> list[Value]:
            return [
                f"The option `{shown(path)}' defined in {files_of(found(path, options))} has been changed to "
                f"`{shown(new)}' that has a different type. Please read `{shown(new)}' documentation and update your "
                "configuration accordingly."
                for path in used()
            ]

        content = merge(Delayed(lambda: [call(function, config)] if used() else []))
        settings = Attrs({"warnings": Delayed(warnings)})
        settings.update(attrs_of(nested(new, content)))
        return Attrs({"options": declared, "config": settings})

    return module(run)


@topic.function("mkMergedOptionModule", 3)
def mk_merged_option_module(old: Value, new: Value, function: Value) -> Value:
    return merged_module([path_of(path) for path in list_of(old)], path_of(new), function)


@topic.function("mkChangedOptionModule", 3)
def mk_changed_option_module(old: Value, new: Value, function: Value) -> Value:
    return merged_module([path_of(old)], path_of(new), function)
