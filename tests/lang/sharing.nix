# A value is computed once, however often it is used; a failed one fails again.
let
  costly = builtins.foldl' (a: b: a + b) 0 (builtins.genList (n: n) 1000);
  twice = x: x + x;
  deep = n: if n == 0 then 1 else twice (deep (n - 1));
  bad = throw "bad";
in
[
  (twice (twice costly))
  (deep 40)
  (builtins.tryEval bad)
  (builtins.tryEval bad)
  (let xs = [ 1 ] ++ map (x: x * 2) xs; in builtins.elemAt xs 0)
  (let ones = { head = 1; tail = ones; }; in ones.tail.tail.tail.head)
]
