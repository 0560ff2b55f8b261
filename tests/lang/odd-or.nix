# `or` is a name as well, for the sake of an old function in nixpkgs.
let
  or = 1;
  f = x: x;
  g = x: y: [ x y ];
in
[
  (f or)
  (g or 2)
  { or = 2; }.or
  ({ a = 1; }.b or (3))
  (rec { or = x: x; y = or 4; }).y
]
