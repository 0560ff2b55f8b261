# `lib.hm`; real Nix with home-manager's stdlib-extended gives the same values.
{ lib }:
let
  inherit (lib.hm) dag gvariant;
in
{
  dagOrder = {
    expr = map (e: e.name) (dag.topoSort {
      write = dag.entryAfter [ "check" ] 1;
      check = dag.entryAnywhere 2;
      early = dag.entryBefore [ "check" ] 3;
      middle = dag.entryBetween [ "write" ] [ "check" ] 4;
    }).result;
    expected = [ "early" "check" "middle" "write" ];
  };
  dagChains = {
    expr = lib.mapAttrs (_: e: e.after ++ e.before) (dag.entriesBetween "t" [ "end" ] [ "start" ] [ "x" "y" ]);
    expected = { t-0 = [ "start" ]; t-1 = [ "t-0" "end" ]; };
  };
  gvariants = {
    expr = map toString [ (gvariant.mkTuple [ 1 "a" [ true ] ]) (gvariant.mkVariant 1.5) (gvariant.mkNothing "s") ];
    expected = [ "@(isab) (1,'a',@ab [true])" "@v <1.500000>" "@ms nothing" ];
  };
  storeNames = {
    expr = lib.hm.strings.storeFileName "/home/a b/-x.conf";
    expected = "hm_homeabx.conf";
  };
  exports = {
    expr = lib.hm.shell.exportAll { A = "\${B}/c"; N = null; T = true; };
    expected = "export A=\"\${B}/c\"\nexport T=\"true\"";
  };
  kdl = {
    expr = lib.hm.generators.toKDL { } { n = { _args = [ 1 "x" ]; _props.p = true; c = [ 1 2 ]; }; };
    expected = "n 1 \"x\" p=true {\n\tc 1 2\n}\n";
  };
  hyprland = {
    expr = lib.hm.generators.toHyprconf { attrs = { "$m" = "S"; a = 1; s = { x = [ 1 2 ]; }; }; };
    expected = "$m=S\ns {\n  x=1\n  x=2\n}\na=1\n";
  };
  dagType = {
    expr =
      let
        r = lib.evalModules {
          modules = [
            { options.d = lib.mkOption { type = lib.hm.types.dagOf lib.types.int; }; }
            { d.a = dag.entryAfter [ "b" ] 1; d.b = 2; }
          ];
        };
      in
      [ r.config.d r.options.d.type.description ];
    expected = [
      {
        a = { after = [ "b" ]; before = [ ]; data = 1; };
        b = { after = [ ]; before = [ ]; data = 2; };
      }
      "DAG of signed integer"
    ];
  };
}
