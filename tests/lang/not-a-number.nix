# What two infinities leave is no number; the sign that it has (one on most machines) is shown, here left out.
let
  infinite = 1.0e308 * 10;
  nan = infinite - infinite;
  unsigned = builtins.replaceStrings [ "-" ] [ "" ];
in
[ (unsigned (toString nan)) (toString [ infinite (-infinite) ]) (nan == nan) (nan < nan) ([ nan ] == [ nan ]) ]
