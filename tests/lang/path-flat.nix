# A file by its bytes alone (`recursive = false`) has another path than a copy that could be a tree.
let
  file = recursive: builtins.path { path = ./path-flat.txt; name = "text"; inherit recursive; };
in
[ (file false) (file true) (file false == file true) ]
