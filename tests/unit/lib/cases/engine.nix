# Evaluations of modules, their steps by themselves, and what types tell; real Nix with nixpkgs' lib gives the same values.
{ lib }:
let
  inherit (lib) mkOption mkForce mkDefault types;
  port = mkOption { type = types.port; default = 80; };
  site = types.submodule { options = { inherit port; }; };
  evaluated = lib.evalModules {
    specialArgs.where = "here";
    modules = [
      ({ config, where, ... }: {
        imports = lib.optional (where == "here") { options.imported = mkOption { default = where; }; };
        options.sites = mkOption { type = types.attrsOf site; };
        options.names = mkOption { type = types.listOf types.str; default = builtins.attrNames config.sites; };
      })
      { sites.a.port = 8080; sites.b = { }; }
    ];
  };
  loose = [
    { _file = "one"; options = { a = mkOption { type = types.int; }; }; config = { a = 1; c.d = 2; }; }
    { _file = "two"; options = { b.x = mkOption { default = 5; }; }; config = { a = mkForce 7; }; }
  ];
  merged = lib.modules.mergeModules [ "top" ] loose;
in
{
  overlaysReachModules = {
    expr =
      let
        wider = (lib.extend (final: prev: { mine = final.yours + 1; yours = 1; })).extend (final: prev: { yours = 5; });
      in
      [
        wider.mine
        (wider.evalModules { modules = [ ({ lib, ... }: { options.x = lib.mkOption { default = lib.mine; }; }) ]; }).config.x
      ];
    expected = [ 6 6 ];
  };
  specialArgumentsReachImports = {
    expr = evaluated.config.imported;
    expected = "here";
  };
  configurationIsWhole = {
    expr = [ (builtins.attrNames evaluated.config) (evaluated ? graph) evaluated._type evaluated.class ];
    expected = [ [ "imported" "names" "sites" ] true "configuration" null ];
  };
  internalsAreSeenByModules = {
    expr = (lib.evalModules {
      modules = [
        ({ config, ... }: {
          options.seen = mkOption { };
          config.seen = builtins.attrNames config._module.args;
          config._module.args.mine = 1;
        })
      ];
    }).config.seen;
    expected = [ "extendModules" "mine" "moduleType" ];
  };
  extended = {
    expr = map (c: c.config.sites.a.port) [
      (evaluated.extendModules { modules = [ { sites.a.port = mkForce 1; } ]; })
      ((evaluated.extendModules { modules = [ { sites.a.port = mkForce 1; } ]; }).extendModules {
        modules = [ { sites.a.port = lib.mkOverride 10 2; } ];
      })
      evaluated
    ];
    expected = [ 1 2 8080 ];
  };
  submodulesCanBeExtended = {
    expr =
      let
        c = lib.evalModules {
          modules = [
            {
              options.host = mkOption {
                type = types.submodule ({ extendModules, ... }: {
                  options.size = mkOption { type = types.int; };
                  options.bigger = mkOption { };
                  config.bigger = (extendModules { modules = [ { size = mkForce 9; bigger = mkForce "end"; } ]; }).config.size;
                });
              };
              config.host.size = 3;
            }
          ];
        };
      in
      [ c.config.host.size c.config.host.bigger ];
    expected = [ 3 9 ];
  };
  typeOfAConfiguration = {
    expr = (lib.evalModules {
      modules = [
        { options.variants = mkOption { type = types.attrsOf evaluated.type; }; }
        { variants.x.sites.a.port = mkForce 3; }
      ];
    }).config.variants.x.sites.a.port;
    expected = 3;
  };
  graph = {
    expr = map (m: { inherit (m) key disabled; n = builtins.length m.imports; })
      (lib.evalModules {
        modules = [
          { key = "a"; imports = [ { key = "b"; } { } ]; }
          { key = "c"; disabledModules = [ { key = "a"; } ]; }
        ];
      }).graph;
    expected = [ { key = "a"; disabled = true; n = 2; } { key = "c"; disabled = false; n = 0; } ];
  };
  valueMetaOfSubmodules = {
    expr = evaluated.options.sites.valueMeta.attrs.a.configuration.options.port.value;
    expected = 8080;
  };
  valueMetaNames = {
    expr = map (o: builtins.attrNames o.valueMeta) [ evaluated.options.sites evaluated.options.names evaluated.options.imported ];
    expected = [ [ "_internal" "attrs" ] [ "_internal" "list" ] [ ] ];
  };
  valueMetaOfAlternatives = {
    expr =
      let
        o = (lib.evalModules {
          modules = [
            { options.x = mkOption { type = types.either types.int (types.listOf (types.either site types.str)); }; }
            { x = [ "a" { port = 3; } (lib.mkIf false "b") ]; }
          ];
        }).options.x.valueMeta;
      in
      [ (builtins.length o.list) ((builtins.elemAt o.list 1).configuration.config.port) ];
    expected = [ 2 3 ];
  };
  mergeInOneGo = {
    expr =
      let
        good = (types.listOf types.int).merge.v2 { loc = [ "x" ]; defs = [ { file = "f"; value = [ 1 2 ]; } ]; };
        bad = (types.listOf types.int).merge.v2 { loc = [ "x" ]; defs = [ { file = "f"; value = 3; } ]; };
      in
      [ good.headError good.value (bad.headError != null) (types.str.merge ? v2) ((types.attrsOf types.str).merge ? v2) ];
    expected = [ null [ 1 2 ] true false true ];
  };
  mergeIsStillAFunction = {
    expr = [
      ((types.attrsOf types.int).merge [ "x" ] [ { file = "f"; value = { a = 1; }; } { file = "g"; value = { b = 2; }; } ])
      (types.str.check "x")
      ((types.listOf types.str).check { })
    ];
    expected = [ { a = 1; b = 2; } true false ];
  };
  ownTypeWithMeta = {
    expr =
      let
        counted = lib.mkOptionType {
          name = "counted";
          merge = {
            __functor = self: loc: defs: (self.v2 { inherit loc defs; }).value;
            v2 = { loc, defs }: {
              headError = null;
              value = map (d: d.value) defs;
              valueMeta.count = builtins.length defs;
            };
          };
          check = { __functor = _: _: true; isV2MergeCoherent = true; };
        };
        c = lib.evalModules { modules = [ { options.x = mkOption { type = counted; }; } { x = 1; } { x = 2; } ]; };
      in
      [ c.config.x c.options.x.valueMeta.count ];
    expected = [ [ 2 1 ] 2 ];
  };
  tryEvalCatchesRefusals = {
    expr = map (m: (builtins.tryEval (builtins.deepSeq m m)).success) [
      (lib.evalModules { modules = [ { options.x = mkOption { type = types.int; }; config.x = "no"; } ]; }).config.x
      (lib.evalModules { modules = [ { options.x = mkOption { type = types.int; }; } ]; }).config.x
      (lib.evalModules { modules = [ { nobody = 1; } { options.x = mkOption { }; } ]; }).config
      (lib.evalModules { modules = [ { options.x = mkOption { type = types.int; }; } { x = 1; } { x = 2; } ]; }).config.x
      (lib.evalModules { modules = [ { imports = [ { _type = "flake"; } ]; } ]; }).config
      (lib.evalModules { modules = [ { options.x = mkOption { type = types.int; default = 4; }; } ]; }).config.x
    ];
    expected = [ false false false false false true ];
  };
  mergedModules = {
    expr = {
      inherit (merged.matchedOptions.a) value loc files;
      b = merged.matchedOptions.b.x.value;
      names = builtins.attrNames merged.matchedOptions;
      rest = merged.unmatchedDefns;
    };
    expected = {
      value = 7;
      loc = [ "top" "a" ];
      files = [ "two" ];
      b = 5;
      names = [ "a" "b" ];
      rest = [ { file = "one"; prefix = [ "c" ]; value = { d = 2; }; } ];
    };
  };
  mergedModulesWithDefinitionsApart = {
    expr = (lib.modules.mergeModules' [ ] loose [ { file = "x"; config = { a = mkDefault 3; }; } ]).matchedOptions.a.value;
    expected = 3;
  };
  mergedDeclarations = {
    expr =
      let
        m = lib.mergeOptionDecls [ "o" ] [
          { _file = "one"; pos = null; options = mkOption { type = types.enum [ 1 ]; description = "A number."; }; }
          { _file = "two"; pos = null; options = mkOption { type = types.enum [ 2 ]; default = 2; }; }
        ];
      in
      [ m.loc m.declarations m.description m.default m.type.description (map (p: p.file) m.declarationPositions) m.options ];
    expected = [ [ "o" ] [ "one" "two" ] "A number." 2 "one of 1, 2" [ "one" "two" ] [ ] ];
  };
  typesAreAddedAndCompleted = {
    expr =
      let
        wider = lib.modules.fixupOptionType [ "s" ] {
          type = site;
          options = [ { options.name = mkOption { type = types.str; }; } ];
        };
      in
      [
        (lib.modules.fixupOptionType [ "s" ] { }).type.name
        (builtins.attrNames (builtins.removeAttrs (wider.type.getSubOptions [ ]) [ "_module" "_freeformOptions" ]))
        wider.options
      ];
    expected = [ "unspecified" [ "name" ] [ ] ];
  };
  oneOptionByItself = {
    expr =
      let
        o = lib.modules.evalOptionValue [ "a" "b" ] {
          type = types.listOf types.int;
          default = [ 1 ];
          declarations = [ "decl" ];
          apply = map (x: x * 10);
        } [ { file = "f"; value = lib.mkAfter [ 3 ]; } { file = "g"; value = [ 2 ]; } ];
      in
      [ o.value o.files o.highestPrio o.isDefined "${o}" ];
    expected = [ [ 20 30 ] [ "g" "f" ] 100 true "a.b" ];
  };
  collected = {
    expr = map (m: [ m.key m._file (builtins.attrNames m.config) ])
      (lib.modules.collectModules "" [ { key = "x"; imports = [ { key = "y"; v = 1; } ]; u = 2; } ({ given, ... }: { key = given; }) ] { given = "z"; config = { }; }).modules;
    expected = [
      [ "x" "<unknown-file>" [ "u" ] ]
      [ "z" "<unknown-file>" [ ] ]
      [ "y" "<unknown-file>" [ "v" ] ]
    ];
  };
  overlappingTags = {
    expr =
      let
        tag = tags: mkOption { type = types.attrTag tags; };
        c = lib.evalModules {
          modules = [
            { options.t = tag { a = mkOption { type = types.enum [ "x" ]; }; }; }
            { options.t = tag { a = mkOption { type = types.enum [ "y" ]; }; b = mkOption { type = types.int; }; }; }
            { t.a = "y"; }
          ];
        };
      in
      [ c.config.t (builtins.length (c.options.t.type.getSubOptions [ ]).a.declarations) ];
    expected = [ { a = "y"; } 2 ];
  };
  listsOfAttributes = {
    expr =
      let
        c = lib.evalModules {
          modules = [
            { options.flags = mkOption { type = types.attrListWith { elemType = types.str; asAttrs = true; }; }; }
            { flags = [ { a = "1"; } { b = "2"; } { a = "3"; } ]; }
          ];
        };
      in
      [ c.config.flags c.options.flags.valueMeta.attrListValue (builtins.length c.options.flags.valueMeta.definitions) ];
    expected = [ { a = [ "1" "3" ]; b = [ "2" ]; } [ { a = "1"; } { b = "2"; } { a = "3"; } ] 3 ];
  };
  freeformTypesSeveralTimes = {
    expr =
      let
        open = types.submodule {
          config._module.freeformType = lib.mkMerge [
            (types.attrsOf (types.submodule { options.a = mkOption { default = 1; }; }))
            (types.attrsOf (types.submodule { options.b = mkOption { default = 2; }; }))
          ];
        };
      in
      [
        open.description
        (lib.evalModules { modules = [ { options.o = mkOption { type = open; }; } { o.x = { }; } ]; }).config.o.x
      ];
    expected = [ "open submodule of attribute set of (submodule)" { a = 1; b = 2; } ];
  };
  placesOfEveryDeclaration = {
    expr = map (p: p.line == null)
      (lib.evalModules {
        modules = [
          { options.p = mkOption { type = types.submodule { }; default = { }; }; }
          { options.p.inner = mkOption { default = 1; }; }
        ];
      }).options.p.declarationPositions;
    expected = [ false false ];
  };
  classes = {
    expr =
      let
        inClass = class: modules: (builtins.tryEval (lib.evalModules { inherit class modules; }).config.x).value;
        it = { options.x = mkOption { default = 1; }; };
      in
      [ (inClass "a" [ it { _class = "a"; } ]) (inClass "a" [ it { _class = "b"; } ]) (inClass null [ it { _class = "b"; } ]) ];
    expected = [ 1 false 1 ];
  };
}
