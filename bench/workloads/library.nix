# What option sets ask of a library: recursive update, merging by path, defaults, conditions, conversions to text.
let
  inherit (builtins) attrNames concatMap concatStringsSep filter foldl' genList hasAttr head isAttrs isBool isInt isList
    isString length listToAttrs map mapAttrs tail;
  id = x: x;
  flip = f: a: b: f b a;
  optional = condition: value: if condition then [ value ] else [ ];
  optionalAttrs = condition: set: if condition then set else { };
  nameValuePair = name: value: { inherit name value; };
  mapAttrs' = f: set: listToAttrs (map (name: f name set.${name}) (attrNames set));
  filterAttrs = keep: set: listToAttrs (concatMap (name: let value = set.${name}; in optional (keep name value) (nameValuePair name value)) (attrNames set));
  mapAttrsToList = f: set: map (name: f name set.${name}) (attrNames set);
  setAttrByPath = path: value: if path == [ ] then value else { ${head path} = setAttrByPath (tail path) value; };
  attrByPath = path: default: set:
    if path == [ ] then set else if set ? ${head path} then attrByPath (tail path) default set.${head path} else default;
  recursiveUpdateUntil = stop: left: right:
    let
      merge = path: builtins.zipAttrsWith (name: values:
        let here = path ++ [ name ]; in
        if length values == 1 || stop here (head (tail values)) (head values) then head values else merge here values);
    in merge [ ] [ right left ];
  recursiveUpdate = recursiveUpdateUntil (path: left: right: !(isAttrs left && isAttrs right));
  mkIf = condition: content: { _type = "if"; inherit condition content; };
  mkOverride = priority: content: { _type = "override"; inherit priority content; };
  mkDefault = mkOverride 1000;
  discharge = value:
    if isAttrs value && value ? _type && value._type == "if" then (if value.condition then discharge value.content else [ ])
    else [ value ];
  priority = value: if isAttrs value && (value._type or "") == "override" then value.priority else 100;
  strip = value: if isAttrs value && (value._type or "") == "override" then value.content else value;
  merged = definitions:
    let
      all = concatMap discharge definitions;
      highest = foldl' (least: value: if priority value < least then priority value else least) 9999 all;
      kept = map strip (filter (value: priority value == highest) all);
    in
    if length kept == 1 then head kept
    else if builtins.all isList kept then builtins.concatLists kept
    else if builtins.all isAttrs kept then foldl' recursiveUpdate { } kept
    else head kept;
  show = value:
    if isBool value then (if value then "true" else "false")
    else if isInt value then toString value
    else if isString value then "\"${value}\""
    else if isList value then "[ ${concatStringsSep " " (map show value)} ]"
    else "{ ${concatStringsSep " " (mapAttrsToList (name: each: "${name} = ${show each};") value)} }";
  module = n: { config, enable ? n / 3 * 3 != n, ... }: {
    "option${toString (n - n / 50 * 50)}" = mkIf enable {
      enable = mkDefault (n > 10);
      package = "package-${toString n}";
      settings = optionalAttrs (n / 2 * 2 == n) { theme = "theme${toString n}"; size = n; nested.deep.value = n; };
      extra = optional (n / 5 * 5 == n) "extra ${config.home}/${toString n}";
    };
  };
  modules = map (n: module n { config.home = "/home/alice"; }) (genList id 6000);
  zipped = builtins.zipAttrsWith (name: merged) modules;
  finished = mapAttrs (name: flip id (attrByPath [ "settings" "nested" "deep" "value" ] 0)) (mapAttrs (name: value: f: value // { depth = f value; }) (filterAttrs (name: isAttrs) zipped));
  renamed = mapAttrs' (name: value: nameValuePair "${name}-renamed" (filterAttrs (key: each: each != [ ]) value)) finished;
  paths = foldl' (set: n: recursiveUpdate set (setAttrByPath [ "a${toString (n - n / 7 * 7)}" "b" "c${toString n}" ] n)) { } (genList id 600);
in
builtins.stringLength (show (mapAttrs (name: set: builtins.removeAttrs set [ "enable" ]) renamed)) + builtins.stringLength (show paths)
