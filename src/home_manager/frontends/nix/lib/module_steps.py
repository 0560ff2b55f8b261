"""Single steps of an evaluation (`mergeModules`, `evalOptionValue` …) of `lib.modules`, for those who build on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home_manager.frontends.nix.lib.arguments import attrs_of, joined_attrs, list_of, select, to_string
from home_manager.frontends.nix.lib.attrset_paths import path_of
from home_manager.frontends.nix.lib.topic import Topic
from home_manager.frontends.nix.lib.type_values import definitions_of, module_value, option_of
from home_manager.frontends.nix.nix_modules import Declarations, NixModule, graph_value
from home_manager.nix.evaluation import call
from home_manager.options.collect_modules import collect
from home_manager.options.eval_modules import evaluate
from home_manager.options.joining import merged_declaration
from home_manager.options.location import Location
from home_manager.options.module import ModuleSpec
from home_manager.options.namespace import Slot
from home_manager.options.proxies import OptionView, position_value
from home_manager.values import MISSING, Attrs, Value
from home_manager.values.lazy import Delayed, force

if TYPE_CHECKING:
    from home_manager.frontends.nix.lib.library import Library
    from home_manager.frontends.nix.lib.topic import Make

topic = Topic()


@topic.bound("mergeModules", 2)
def merge_modules(library: Library, prefix: Value, modules: Value) -> Value:
    """The options of modules in their long form with the values that their definitions give."""
    given = [attrs_of(module) for module in list_of(modules)]
    configs = [
        ModuleSpec(f":config-{n}", _file(module), config=select(module, "config")) for n, module in enumerate(given)
    ]
    return _merged(library, prefix, given, configs)


@topic.bound("mergeModules'", 3)
def merge_modules_with(library: Library, prefix: Value, modules: Value, configs: Value) -> Value:
    """The same with the definitions apart: sets with `file` and `config`."""
    given = [
        ModuleSpec(f":config-{n}", to_string(select(each, "file")), config=select(each, "config"))
        for n, each in enumerate(list_of(configs))
    ]
    return _merged(library, prefix, [attrs_of(module) for module in list_of(modules)], given)


def _file(module: dict[str, Value]) -> str:
    return to_string(module["_file"]) if "_file" in module else "<unknown-file>"


def _merged(library: Library, prefix: Value, modules: list[dict[str, Value]], configs: list[ModuleSpec]) -> Value:
    declaring = [
        ModuleSpec(f":options-{n}", _file(module), options=Declarations(library, attrs_of(options), _file(module)))
        for n, module in enumerate(modules)
        if (options := module.get("options")) is not None
    ]
    # An evaluation takes its modules in the order in which they are given, and reads their definitions backwards.
    evaluation = evaluate(
        [*reversed(configs), *reversed(declaring)], {}, shared=library.new_shared(), prefix=tuple(path_of(prefix))
    )
    own = {"_module"} - {name for spec in declaring for name in spec.options}

    def matched() -> Value:
        options = evaluation.options
        return Attrs({name: options[name] for name in options if name not in own})

    def unmatched() -> Value:
        return [
            Attrs({"file": definition.file, "prefix": list(path), "value": definition.value})
            for path, definition in evaluation.namespace.unmatched()
        ]

    return Attrs({"matchedOptions": Delayed(matched), "unmatchedDefns": Delayed(unmatched)})


@topic.bound("mergeOptionDecls", 2)
def merge_option_declarations(library: Library, place: Value, declarations: Value) -> Value:
    """One declaration out of several: sets with `_file`, `options` (the option) and perhaps `pos`."""
    names = path_of(place)
    given = [attrs_of(each) for each in list_of(declarations)]
    files = [to_string(select(each, "_file")) for each in given]
    result = Attrs()
    for each in given:
        result = joined_attrs(select(each, "options"), result)

    def combined() -> Value:
        options = [
            (file, option_of(library, select(each, "options"), file)) for file, each in zip(files, given, strict=True)
        ]
        type_ = merged_declaration(Location(tuple(names), library.shared), options).type
        assert type_ is not None
        return library.type_value(type_)

    def submodules() -> Value:
        found: list[Value] = []
        for file, each in zip(files, given, strict=True):
            kind = attrs_of(select(each, "options")).get("type")
            modules = None if kind is None else force(attrs_of(kind).get("getSubModules"))
            if modules is not None:
                placed = [Attrs({"_file": file, "imports": [module]}) for module in list_of(modules)]
                found = [*placed, *found]
        return found

    if "type" in result:
        result["type"] = Delayed(combined)
    else:
        merged_declaration(
            Location(tuple(names), library.shared),
            [(file, option_of(library, select(e, "options"), file)) for file, e in zip(files, given, strict=True)],
        )
    result["loc"] = list(names)
    result["declarations"] = list(files)
    result["declarationPositions"] = [
        position_value(file, None) if force(each.get("pos")) is None else each["pos"]
        for file, each in zip(files, given, strict=True)
    ]
    result["options"] = Delayed(submodules)
    return result


@topic.bound("fixupOptionType", 2)
def fixup_option_type(library: Library, place: Value, option: Value) -> Value:
    """The option with a type, and with the modules that its declarations collected in the type's submodule."""
    given = attrs_of(option)
    kind = given.get("type", MISSING)
    if kind is MISSING:
        return joined_attrs(option, Attrs({"type": library.topic("types")["unspecified"]}))
    if force(attrs_of(kind).get("getSubModules")) is None:
        return option
    wider = Delayed(lambda: call(select(kind, "substSubModules"), select(option, "options")))
    return joined_attrs(option, Attrs({"type": wider, "options": []}))


@topic.bound("evalOptionValue", 3)
def eval_option_value(library: Library, place: Value, option: Value, definitions: Value) -> Value:
    """The option with its value, what it was made of, and which priority that had."""
    shared = library.new_shared()
    given = attrs_of(option)
    files = [to_string(file) for file in list_of(given.get("declarations", []))] or ["<unknown-file>"]
    names = tuple(path_of(place))
    slot = Slot(
        evaluate([], {}, shared=shared).namespace,
        Location(names, shared),
        names[-1] if names else "",
        [(files[0], option_of(library, option, files[0]))],
        definitions_of(definitions),
    )
    shown = OptionView(slot)
    return joined_attrs(option, Attrs({name: shown[name] for name in EVALUATED}))


EVALUATED = (
    "value", "highestPrio", "definitions", "files", "definitionsWithLocations", "isDefined", "valueMeta", "__toString",
)  # fmt: skip


@topic.bound("collectModules", 3)
def collect_modules(library: Library, folder: Value, modules: Value, arguments: Value) -> Value:
    """The modules given and those that they import, each in its long form, with their arguments applied."""
    sources = [
        NixModule.of(library, value, "<unknown-file>", f":anon-{index}")
        for index, value in enumerate(list_of(modules), 1)
    ]
    base = Attrs({"modulesPath": folder})
    found = collect(sources, attrs_of(arguments), library.new_shared(), None, base)
    modules, graph = [_unified(spec) for spec, _ in found.modules], [graph_value(node) for node in found.graph]
    return Attrs({"modules": modules, "graph": graph})


def _unified(spec: ModuleSpec) -> Attrs:
    imports = [module_value(item) if hasattr(item, "instantiate") else item for item in spec.imports]  # type: ignore[arg-type]
    options = getattr(spec.options, "tree", spec.options)
    config: Value = Attrs() if spec.config is None else spec.config
    if spec.freeform is not None:
        own = Attrs({"_module": Attrs({"freeformType": spec.freeform})})
        config = Attrs({"_type": "merge", "contents": [config, own]})
    return Attrs(
        {
            "_file": spec.file,
            "_class": spec.class_,
            "key": spec.key,
            "disabledModules": list(spec.disabled),
            "imports": imports,
            "options": options if isinstance(options, dict) else Attrs(),
            "config": config,
        }
    )


INNER = (
    "applyModuleArgsIfFunction", "collectModules", "dischargeProperties", "mergeModules", "mergeModules'",
    "pushDownProperties", "unifyModuleSyntax",
)  # fmt: skip
"""Steps that are there for those who used them early; asking for one warns."""


def _warning(name: str, make: Make) -> Make:
    def made(library: Library) -> Value:
        library.evaluator.io.warn(
            f"lib.modules.{name} is deprecated outside of lib: use lib.evalModules or lib.mergeDefinitions"
        )
        return make(library)

    return made


def discourage(steps: Topic) -> None:
    """Makes a topic warn of the inner steps that it has."""
    for name in INNER:
        if name in steps.entries:
            steps.entries[name] = _warning(name, steps.entries[name])


discourage(topic)
