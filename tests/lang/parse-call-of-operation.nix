# `-` and `<` are calls to Nix, which go on with further arguments.
a: [ ((a - a) a) ((a < a) a) ((-a) a) ((a + a) a) ((a >= a) a) ]
