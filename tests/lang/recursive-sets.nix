# `rec`, `__overrides`, and the old `let`.
let
  x = "outer";
in
{
  forward = rec { a = b + 1; b = c * 2; c = 3; };
  inherits = rec { inherit x; y = x; };
  shadow = rec { x = "inner"; y = x; };
  overridden = rec { a = 1; b = a + 1; __overrides = { a = 10; }; };
  old = let { a = 1; b = a + 1; body = [ a b ]; };
  joined = { r = rec { a = 1; b = a; }; r.c = 2; };
  functions = rec { even = n: n == 0 || odd (n - 1); odd = n: n != 0 && even (n - 1); answer = even 10; }.answer;
}
