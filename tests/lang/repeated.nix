# A value that contains itself is printed once.
let
  s = { a = 1; self = s; };
  l = [ s [ ] [ ] { } { } ];
in
[ s l (x: x) ]
