# Selection, its default, and asking first.
let
  s = { a.b = 1; n = null; f = x: x; bad = throw "bad"; };
in
[
  s.a.b
  (s.a.b or 2)
  (s.a.c or 2)
  (s.x.y.z or 2)
  (s.a.b.c or 2)
  (s.n.x or 2)
  (s.x or s.a.b)
  (s.x or s.y or 3)
  (s.f or 0) 4
  (s ? a) (s ? a.b) (s ? a.c) (s ? a.b.c) (s ? bad) (s ? "a".b) (1 ? a)
  ([ ] == s.x or [ ])
  { inherit (s) a; }.a.b
  (!s ? x)
]
