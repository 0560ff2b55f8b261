# How operators bind, seen by what comes out.
[
  ([ 1 ] ++ [ 2 ] == [ 1 2 ])
  ({ a = 1; } // { a = 2; } // { b = 3; })
  (!false && true)
  (1 + 1 == 2 && 2 * 2 == 4)
  ({ } ? a || true)
  (- 1 + 3)
  (-{ a = 1; }.a)
  (1 < 2 == true)
  (! 1 == 2)
  (true -> false -> false)
  (let f = x: -x; in f 1 - 1)
  ((x: x) <| 1 + 1)
  (1 + 1 |> (x: x * 10) |> (x: x + 1))
  ((x: y: x - y) 5 <| 2)
]
