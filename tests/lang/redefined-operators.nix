# Operators are functions with a name, which a program may bind anew; `with` does not count.
let
  __sub = a: b: "${toString a} minus ${toString b}";
  __lessThan = a: b: "compared";
in
[
  (3 - 1)
  (-1)
  (1 < 2)
  (2 > 1)
  (with { __div = a: b: 0; }; 6 / 3)
]
