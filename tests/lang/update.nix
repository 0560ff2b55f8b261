# `//` takes the right one, and neither looks into the values.
let
  base = { a = 1; b = { c = 2; d = 3; }; };
in
[
  (base // { a = 2; })
  (base // { b.c = 4; })
  ({ } // base == base)
  (base // { } == base)
  ({ a = throw "replaced"; } // { a = 1; })
  (builtins.foldl' (acc: n: acc // { ${"n" + toString n} = n; last = n; }) { } [ 1 2 3 ])
]
