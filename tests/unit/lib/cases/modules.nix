# Evaluations of modules and what they show of options; real Nix with nixpkgs' lib gives the same values.
{ lib }:
let
  inherit (lib) mkOption types;
  eval = modules: lib.evalModules { modules = lib.toList modules; };
  value = types.nullOr (types.oneOf [ types.int types.str (types.attrsOf value) (types.listOf value) ]) // {
    description = "value";
  };
in
{
  prioritiesAndOrder = {
    expr =
      (eval [
        { options.x = mkOption { type = types.lines; default = "default"; }; options.y = mkOption { type = types.int; }; }
        { x = lib.mkMerge [ "b" (lib.mkAfter "c") (lib.mkIf false "never") ]; y = lib.mkDefault 1; }
        { x = lib.mkBefore "a"; y = lib.mkOverride 900 2; }
      ]).config;
    expected = { x = "a\nb\nc"; y = 2; };
  };
  recursiveTypes = {
    expr =
      let
        r = eval [ { options.v = mkOption { type = value; }; config.v = { a = [ 1 { b = "c"; } ]; }; } { v.d = null; } ];
      in
      [ r.config r.options.v.type.description ];
    expected = [ { v = { a = [ 1 { b = "c"; } ]; d = null; }; } "value" ];
  };
  typesMadeByConfigurations = {
    expr =
      let
        sum = lib.mkOptionType {
          name = "sum";
          check = lib.isInt;
          merge = loc: defs: lib.foldl' (n: d: n + d.value) 0 defs;
        };
      in
      (eval [ { options.n = mkOption { type = types.attrsOf sum; }; config.n.a = 1; } { n.a = 2; } ]).config.n.a;
    expected = 3;
  };
  changedTypesKeepTheirMerge = {
    expr =
      let
        short = types.addCheck (types.listOf types.int) (l: lib.length l <= 2) // { description = "short list"; };
        r = eval [ { options.l = mkOption { type = short; }; config.l = [ 1 ]; } { l = [ 2 3 ]; } ];
      in
      [ r.options.l.type.description r.options.l.type.name (short.check [ 1 2 3 ]) r.config.l ];
    expected = [ "short list" "listOf" false [ 2 3 1 ] ];
  };
  submodulesKnowTheirName = {
    expr =
      (eval {
        options.s = mkOption {
          type = types.attrsOf (types.submodule ({ name, config, ... }: {
            options.n = mkOption { default = name; };
            options.twice = mkOption { default = config.n + config.n; };
          }));
        };
        config.s.a = { };
        config.s.b.n = "x";
      }).config.s;
    expected = { a = { n = "a"; twice = "aa"; }; b = { n = "x"; twice = "xx"; }; };
  };
  renamedOptions = {
    expr =
      let
        r = eval [
          (lib.mkRenamedOptionModule [ "old" ] [ "new" "name" ])
          { options.new.name = mkOption { type = types.int; default = 0; }; }
          { options.warnings = mkOption { type = types.listOf types.str; }; }
          { _file = "user.nix"; old = lib.mkForce 3; }
        ];
      in
      [ r.config.new.name r.options.new.name.highestPrio r.config.warnings ];
    expected = [
      3
      50
      [ "The option `old' defined in `user.nix' has been renamed to `new.name'." ]
    ];
  };
  freeformAndExtension = {
    expr =
      let
        r = eval [ { freeformType = types.attrsOf types.int; options.s = mkOption { type = types.str; default = "s"; }; config.free = 1; } ];
      in
      [ r.config (r.extendModules { modules = [ { free = lib.mkForce 2; } ]; }).config.free ];
    expected = [ { free = 1; s = "s"; } 2 ];
  };
  argumentsOfModules = {
    expr =
      (lib.evalModules {
        specialArgs.special = 1;
        modules = [
          ({ special, late, options, ... }: { options.a = mkOption { default = special + late; }; })
          { _module.args.late = 10; }
        ];
      }).config.a;
    expected = 11;
  };
  packageOptions = {
    expr =
      let
        o = lib.mkPackageOption { p.q = "found"; } "thing" { default = [ "p" "q" ]; nullable = true; };
      in
      [ o.default o.defaultText.text o.description o.type.description ];
    expected = [ "found" "pkgs.p.q" "The thing package to use." "null or package" ];
  };
}
