builtins.genList (n: n) 100000000000
