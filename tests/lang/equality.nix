# Values are equal by what they hold; functions never are, unless they are the very same element.
let
  f = x: x;
  d = out: { type = "derivation"; outPath = out; extra = f; };
in
{
  scalars = [ (1 == 1.0) (1 == "1") (null == null) (true == 1) ("a" == "a") (./a == ./a) ];
  lists = [ ([ 1 [ 2 ] ] == [ 1 [ 2 ] ]) ([ 1 ] == [ 1 2 ]) ([ ] == { }) ];
  sets = [ ({ a = 1; b.c = 2; } == { b.c = 2; a = 1; }) ({ a = 1; } == { b = 1; }) ({ } == { a = 1; }) ];
  functions = [ (f == f) ([ f ] == [ f ]) ({ x = f; } == { x = f; }) ((x: x) == (x: x)) ];
  derivations = [ (d "/x" == d "/x") (d "/x" == d "/y") ({ type = "derivation"; } == { type = "derivation"; }) ];
  unequal = [ (1 != 2) ("a" != "a") ({ } != { }) ];
}
