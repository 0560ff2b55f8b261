# The left operand becomes a string before the right one is looked at.
[
  (builtins.tryEval ({ __toString = _: throw "left"; } + abort "right"))
  (builtins.tryEval (throw "left" + abort "right"))
  (let x = throw "left"; in builtins.tryEval (x + abort "right"))
]
