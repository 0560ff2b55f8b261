builtins.deepSeq [ 1 { a.b = [ (throw "deep inside") ]; } ] 2
