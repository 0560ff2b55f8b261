# Where attributes were written is known, also after many joins.
let
  at = name: set: (builtins.unsafeGetAttrPos name set).line or null;
  s = {
    a = 1;
    b.c = 2;
  };
  t = s // {
    d = 3;
    a = 4;
  };
  many = builtins.foldl' (acc: n: acc // { ${"k" + toString n} = n; }) t (builtins.genList (n: n) 100);
in
[
  (at "a" s)
  (at "b" s)
  (at "c" s.b)
  (at "a" t)
  (at "b" t)
  (at "d" many)
  (at "a" many)
  (at "b" many)
  (at "k50" many)
  (at "nothing" s)
  __curPos.line
  __curPos.column
]
