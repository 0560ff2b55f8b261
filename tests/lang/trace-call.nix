# Calls that are not the plain case: too many arguments for a builtin, a functor, a row of functions.
let
  callable = { __functor = self: x: y: x.missing + y; };
in
(builtins.head [ (callable { }) ]) 1
