# `rec` sets and `let` with bindings that refer to each other, many times.
let
  shape = n: rec {
    width = n;
    height = width + 1;
    area = width * height;
    outline = 2 * (width + height);
    title = if area > 500 then "large" else "small";
    inner = let a = area - outline; b = a * 2; c = if title == "large" then b else a; in { inherit a b c; sum = a + b + c; };
  };
  count = n: sum: if n == 0 then sum else count (n - 1) (sum + (shape n).inner.sum);
in
builtins.foldl' (sum: n: sum + count n 0) 0 (builtins.genList (n: n) 250)
