"""Module trees at random: files that import each other, with definitions of every order and priority.

A tree is a dictionary of file names and texts; `root.nix` is a function of `lib` that gives the values of the options.
"""

from __future__ import annotations

from random import Random

ROOT = """\
{{ lib }}:
let
  yes = true;
  no = false;
  evaluated = lib.evalModules {{
    specialArgs = {{ inherit yes no; modulesPath = toString ./.; }};
    modules = [
      {{
        options.words = lib.mkOption {{ type = lib.types.listOf lib.types.str; default = [ "default" ]; }};
        options.text = lib.mkOption {{ type = lib.types.lines; default = "default"; }};
        options.set = lib.mkOption {{ type = lib.types.attrsOf (lib.types.listOf lib.types.str); default = {{ }}; }};
        options.inner = lib.mkOption {{
          default = {{ }};
          type = lib.types.submodule {{
            options.words = lib.mkOption {{ type = lib.types.listOf lib.types.str; default = [ ]; }};
            config.words = [ "from the type" ];
          }};
        }};
        options.wide = lib.mkOption {{ type = lib.types.attrsOf (lib.types.attrsOf lib.types.lines); default = {{ }}; }};
      }}
      {modules}
    ];
  }};
in
builtins.toJSON {{
  inherit (evaluated.config) words text set wide;
  inner = evaluated.config.inner.words;
  files = map baseNameOf evaluated.options.words.files;
}}
"""

WORDS = ("a", "b", "c", "d", "e", "f", "g")


class Tree:
    """One tree, made from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.count = 0
        self.names = [f"m{n}.nix" for n in range(self.random.randint(3, 9))]

    def files(self) -> dict[str, str]:
        """The texts of the tree by file name."""
        found = {name: self.module(n, name) for n, name in enumerate(self.names)}
        found["keyed.nix"] = self.module(len(self.names), "keyed.nix")
        given = " ".join(self.imported(-1) for _ in range(self.random.randint(1, 4)))
        found["root.nix"] = ROOT.format(modules=given)
        return found

    def imported(self, position: int) -> str:
        """Something to import: a later file, a set, a function, a module with a key, or one of them under conditions."""
        random = self.random
        later = self.names[position + 1 :]
        kinds = ["set", "function", "located", "key"]
        if position < len(self.names):
            kinds.append("keyed")
        if later:
            kinds += ["file"] * 8 + ["text", "condition", "imported"]
        kind = random.choice(kinds)
        name = random.choice(later) if later else ""
        match kind:
            case "file":
                return f"./{name}"
            case "text":
                return f'"${{toString ./.}}/{name}"'
            case "imported":
                return f"(import ./{name})"
            case "condition":
                return f"(if {random.choice(('true', 'false'))} then ./{name} else ./keyed.nix)"
            case "keyed":
                return "./keyed.nix"
            case "set":
                return f"{{ {self.definitions()} }}"
            case "function":
                return f"({{ config, lib, ... }}: {{ {self.definitions()} }})"
            case "located":
                inner = f"./{name}" if name else f"{{ {self.definitions()} }}"
                return f'{{ _file = "located-{random.randint(0, 3)}"; imports = [ {inner} ]; {self.definitions()} }}'
            case _:
                return f'{{ key = "key-{random.randint(0, 2)}"; {self.definitions()} }}'

    def module(self, position: int, name: str) -> str:
        """The text of a file."""
        random = self.random
        imports = [self.imported(position) for _ in range(random.choice((0, 1, 1, 2, 3)))]
        parts = [f"imports = [ {' '.join(imports)} ];"] if imports else []
        if imports and random.random() < 0.15:
            parts = [f"imports = [ {imports[0]} ] ++ lib.optionals yes [ {' '.join(imports[1:])} ];"]
        if random.random() < 0.2:
            gone = random.choice(
                (
                    f"./{random.choice(self.names)}",
                    f'"{random.choice(self.names)}"',
                    f'{{ key = "key-{random.randint(0, 2)}"; }}',
                )
            )
            parts.append(f"disabledModules = [ {gone} ];")
        if random.random() < 0.1:
            parts.append(f'_file = "renamed-{name}";')
        body = self.definitions()
        if random.random() < 0.4:
            body = f"config = {self.wrapped('{ ' + body + ' }')};"
        text = f"{{ {' '.join(parts)} {body} }}"
        return (
            text
            if random.random() < 0.1 and "lib" not in text and "yes" not in text
            else f"{{ lib, yes, no, ... }}: {text}"
        )

    def definitions(self) -> str:
        """Definitions of some of the options."""
        found = []
        for name in self.random.sample(("words", "text", "set", "inner", "wide"), self.random.randint(1, 3)):
            found.append(f"{name} = {self.wrapped(self.value(name))};")
        return " ".join(found)

    def word(self) -> str:
        self.count += 1
        return f"{self.random.choice(WORDS)}{self.count}"

    def value(self, name: str) -> str:
        random = self.random
        if name == "text":
            return f'"{self.word()}"'
        if name == "words":
            return "[ " + " ".join(f'"{self.word()}"' for _ in range(random.randint(1, 2))) + " ]"
        if name == "inner":
            if random.random() < 0.3:
                return f"({{ lib, ... }}: {{ words = {self.wrapped(self.value('words'))}; }})"
            return f"{{ words = {self.wrapped(self.value('words'))}; }}"
        items = (f"{random.choice('xyz')} = {self.wrapped(self.value('words'))};" for _ in range(1))
        if name == "wide":
            return f"{{ {random.choice('pq')}.{random.choice('xyz')} = {self.wrapped(self.value('text'))}; }}"
        return f"{{ {' '.join(items)} }}"

    def wrapped(self, value: str) -> str:
        """The value, perhaps with properties around it."""
        random = self.random
        match random.choice(("plain",) * 6 + ("before", "after", "order", "if", "if-not", "merge", "default", "force")):
            case "before":
                return f"lib.mkBefore {value}" if value[0] in '["' else value
            case "after":
                return f"lib.mkAfter {value}" if value[0] in '["' else value
            case "order":
                return f"lib.mkOrder {random.choice((100, 700, 1000, 1200))} {value}" if value[0] in '["' else value
            case "if":
                return f"lib.mkIf true ({self.wrapped(value)})"
            case "if-not":
                return f"lib.mkIf {random.choice(('no', 'false', 'yes'))} {value}" if "yes" not in value else value
            case "merge":
                return f"lib.mkMerge [ {value} {value if value.startswith('[') else '(lib.mkIf true ' + value + ')'} ]"
            case "default":
                return f"lib.mkDefault {value}" if random.random() < 0.3 else value
            case "force":
                return f"lib.mkForce {value}" if random.random() < 0.1 else value
        return value


def tree(seed: int) -> dict[str, str]:
    """The files of the tree with that number."""
    return Tree(seed).files()
