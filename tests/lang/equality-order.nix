# Attributes are compared in the order in which their names were first met; a difference ends it.
let
  fails = throw "compared";
  b = 0;
in
[
  ({ z = fails; __toString = 1; } == { z = 1; d = 1; })
  ({ a = fails; b = 1; } == { a = fails; b = 2; })
  ({ name = 1; x = fails; } == { x = fails; name = 2; })
  (builtins.tryEval ({ y = fails; x = 1; } == { y = fails; x = 2; })).success
  (builtins.tryEval ({ y = fails; name = 1; } == { y = fails; outPath = 2; })).success
]
