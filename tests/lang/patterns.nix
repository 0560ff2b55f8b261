# Set patterns: defaults may use what stands after them, and the whole argument has a name on either side.
[
  (({ a, b }: a + b) { a = 1; b = 2; })
  (({ a, b ? a + 1, c ? b + 1 }: [ a b c ]) { a = 1; })
  (({ a ? b, b ? 2, }: [ a b ]) { })
  (({ a, ... }: a) { a = 1; z = 2; })
  (({ a, ... }@all: all) { a = 1; z = 2; })
  ((all@{ a ? 1, ... }: all ? a) { })
  (({ ... }: 1) { x = 2; })
  (({ }: 1) { })
  (({ f ? x: x }: f 3) { })
  (({ a ? throw "not needed", b ? 2 }: b) { })
  (({ x, y ? { inherit x; } }: y.x) { x = 5; })
  (builtins.functionArgs ({ a, b ? 1, ... }: a))
  (builtins.functionArgs (x: x))
]
