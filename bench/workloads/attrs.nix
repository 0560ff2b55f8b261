# listToAttrs, mapAttrs, filter, attrNames, attrValues.
let
  pairs = builtins.genList (n: { name = "name${toString n}"; value = { number = n; odd = n / 2 * 2 != n; }; }) 20000;
  set = builtins.listToAttrs pairs;
  mapped = builtins.mapAttrs (name: value: value // { inherit name; }) set;
  kept = builtins.filter (name: mapped.${name}.odd) (builtins.attrNames mapped);
  sizes = map (value: builtins.stringLength value.name + value.number) (builtins.attrValues mapped);
in
builtins.foldl' (a: b: a + b) (builtins.length kept) sizes
