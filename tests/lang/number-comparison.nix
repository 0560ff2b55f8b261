# An integer that meets a float becomes one, and may lose digits; neither order nor equality is then that of the numbers.
let
  big = 9007199254740993;
  float = 9007199254740992.0;
in
[
  [ (big == float) (big != float) (big < float) (big > float) (big <= float) ]
  [ (9223372036854775807 == 9223372036854775808.0) (9223372036854775807 < 9223372036854775807.0) ]
  [ (builtins.elem big [ float ]) (builtins.elem float [ big ]) ([ big ] == [ float ]) ({ a = big; } == { a = float; }) ]
  (builtins.sort builtins.lessThan [ big float 9007199254740992 ])
  (builtins.genericClosure { startSet = [ { key = big; } { key = float; } ]; operator = _: [ ]; })
]
