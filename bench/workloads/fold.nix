# A function of two arguments for each element of a list.
builtins.foldl' (sum: n: sum + n * 3) 0 (builtins.genList (n: n) 400000)
