# Variables see each other, in any order, and only the ones that are needed are computed.
let
  a = b + 1;
  b = 2;
  unused = throw "not needed";
  c.d = 1;
  c.e = c.d + 1;
  f = n: if n == 0 then [ ] else f (n - 1) ++ [ n ];
in
let
  a' = a;
  a = "shadowed";
in
[ a b c (f 4) (let in 1) (let x = x'; x' = 3; in x) ]
