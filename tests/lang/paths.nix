# Paths are made normal when they are read; interpolation makes one of pieces.
let
  name = "b";
in
[
  /a/b
  /a/./b/../c
  (/a + "/b")
  (/a + /b)
  (/a + "b")
  /a/${name}/c
  /a/${name}c.${name}
  /${name}
  /a/b${name}/
  (toString /a/${"x"}-y)
  (/a/b-1.2_c+d)
  (builtins.typeOf /a)
  (1 /a)
]
