# A set that is written once and evaluated twice is two sets; one that two names have is one.
let
  make = _: { a = [ 1 ]; };
  once = { a = 1; };
in
[ (builtins.genList (_: { n = 1; }) 2) (map (_: [ [ 1 ] ]) [ 1 2 ]) [ (make 1) (make 2) ] [ once once ] ]
