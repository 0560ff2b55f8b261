# Functions of one argument after another, and with fewer or more arguments than they are written with.
let
  add = x: y: x + y;
  three = x: y: z: [ x y z ];
  same = x: x: x;
  adder = { __functor = self: x: self.by + x; by = 10; };
  compose = f: g: x: f (g x);
in
[
  (add 1 2)
  (map (add 10) [ 1 2 ])
  (three 1 2 3)
  ((three 1) 2 3)
  ((three 1 2) 3)
  (same 1 2)
  (adder 5)
  (map adder [ 1 2 ])
  (compose (add 1) (add 2) 3)
  ((x: throw "lazy") 1 == 1 || true)
  ((x: 1) (throw "lazy"))
  ((a: { b, c ? a }: d: [ a b c d ]) 1 { b = 2; } 3)
  (let f = n: if n <= 1 then 1 else n * f (n - 1); in f 15)
  (builtins.typeOf add)
  (builtins.typeOf (add 1))
  three
  (three 1)
  map
  (map (x: x))
]
