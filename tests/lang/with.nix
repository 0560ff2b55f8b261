# `with` gives names only where nothing else does; the innermost set wins.
let
  a = "let";
  s = { a = "s"; b = "s"; };
  t = { b = "t"; c = "t"; };
in
[
  (with s; a)
  (with s; b)
  (with s; with t; [ a b c ])
  (with t; with s; [ a b c ])
  (with s; let b = "let"; in b)
  (b: with s; b) "argument"
  (with { map = 1; }; builtins.typeOf map)
  (with s; (x: with t; b + x) b)
  (with throw "not needed"; 1)
  (with { x = 1; }; with { y = x + 1; }; rec { z = y + x; w = z; })
]
