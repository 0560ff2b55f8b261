# Recursion may go as deep as Nix allows, and folds go on for as long as the list.
let
  count = n: if n == 0 then 0 else 1 + count (n - 1);
  nest = n: if n == 0 then [ ] else [ (nest (n - 1)) ];
  unnest = x: if x == [ ] then 0 else 1 + unnest (builtins.head x);
in
[
  (count 9000)
  (unnest (nest 5000))
  (nest 3000 == nest 3000)
  (builtins.foldl' (a: b: a + b) 0 (builtins.genList (n: n) 50000))
  (builtins.length (builtins.sort (a: b: a > b) (builtins.genList (n: n) 5000)))
]
