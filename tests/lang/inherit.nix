# `inherit`, plain and from another set, in sets, `rec` and `let`; the source is evaluated once.
let
  a = 1;
  s = { b = 2; c = 3; "d e" = 4; };
  inherit (s) b;
  inherit (s // { f = 6; }) c f;
  inherit (builtins) length;
in
[
  { inherit a b; inherit (s) c "d e"; }
  { inherit; inherit (s); }
  { inherit (s // { c = 30; }) b c; inherit ({ x = a; }) x; }
  (rec { inherit a; inherit ({ y = a; }) y; z = y + a; })
  [ b c f (length [ 1 2 ]) ]
  { inherit ${"a"} "b"; }
  (let a = 5; in { inherit a; })
  (let inherit (rec { p = q; q = 7; }) p; in p)
]
