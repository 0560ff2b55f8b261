# Interpolation, toString, concatMapStringsSep and what lib makes of them.
let
  concatMapStringsSep = sep: f: list: builtins.concatStringsSep sep (map f list);
  escape = text: "'${builtins.replaceStrings [ "'" ] [ "'\\''" ] (toString text)}'";
  line = n: "export NAME_${toString n}=${escape "it's number ${toString n}"} # ${if n / 2 * 2 == n then "even" else "odd"}";
  text = concatMapStringsSep "\n" line (builtins.genList (n: n) 30000);
  upper = s: if s == "" then s else "${builtins.substring 0 1 s}-${builtins.substring 1 (builtins.stringLength s) s}";
in
builtins.stringLength text + builtins.stringLength (concatMapStringsSep "," (n: upper "word${toString n}") (builtins.genList (n: n) 30000))
