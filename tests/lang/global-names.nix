# Some built-ins are global by their own name, all of them by `__` and their name.
[
  (map (x: x) [ 1 ])
  (__add 1 2)
  (__length [ 1 ])
  (builtins.builtins ? map)
  (builtins ? __add)
  (isNull null)
  (let map = f: "mine"; in map 1)
  (let true = false; in true)
  __langVersion
]
