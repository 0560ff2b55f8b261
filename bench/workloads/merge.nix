# `//` of small sets and of one that grows.
let
  step = known: n: known // { "k${toString (n - n / 97 * 97)}" = { inherit n; even = n / 2 * 2 == n; }; };
  result = builtins.foldl' step { } (builtins.genList (n: n) 30000);
  small = builtins.foldl' (sum: n: sum + ({ a = n; b = 2; } // { b = n; c = 3; }).b) 0 (builtins.genList (n: n) 60000);
in
builtins.foldl' (sum: name: sum + result.${name}.n) small (builtins.attrNames result)
