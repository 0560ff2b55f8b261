# Elements are separated by blanks; a call or an operator needs parentheses.
let
  f = x: x + 1;
in
[
  [ ]
  [ 1 "a" null [ 2 ] { } ]
  [ f 1 ]
  [ (f 1) ]
  [ (1 + 2) (-1) ]
  [ f.a or 2 { a = 3; }.a ]
  ([ 1 ] ++ [ 2 ] ++ [ ] ++ [ 3 4 ])
  (builtins.length [ (throw "lazy") (throw "too") ])
]
