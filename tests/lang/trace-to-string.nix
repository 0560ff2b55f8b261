# Sets that stand for strings: the steps lead to the attribute that says so.
let
  outer = { outPath = { __toString = self: [ self ]; }; };
in
"a ${outer} b"
