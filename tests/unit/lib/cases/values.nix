# Functions on sets, lists, texts and numbers; real Nix with nixpkgs' lib gives the same values.
{ lib }:
let
  never = throw "looked at";
in
{
  mapAttrsPrimeKeepsTheFirst = {
    expr = lib.mapAttrs' (n: v: lib.nameValuePair (if n == "b" then "a" else n) v) { a = 1; b = 2; };
    expected = { a = 1; };
  };
  filterAttrsLeavesValuesAlone = {
    expr = lib.attrNames (lib.filterAttrs (n: _: n != "b") { a = never; b = never; });
    expected = [ "a" ];
  };
  recursiveUpdateGoesDown = {
    expr = lib.recursiveUpdate { a = { b = 1; c = 1; }; d = [ 1 ]; } { a.b = 2; d = [ 2 ]; };
    expected = { a = { b = 2; c = 1; }; d = [ 2 ]; };
  };
  updateManyInOrder = {
    expr = lib.updateManyAttrsByPath [
      { path = [ "a" "b" ]; update = old: old + 1; }
      { path = [ "a" ]; update = old: old // { c = old.b; }; }
      { path = [ "n" "m" ]; update = _: "new"; }
    ] { a.b = 1; };
    expected = { a = { b = 2; c = 2; }; n.m = "new"; };
  };
  collectStopsAtTheFirst = {
    expr = lib.collect (x: x ? leaf) { b.leaf = 1; a = { x.leaf = 2; leaf = 3; }; c = 4; };
    expected = [ { x.leaf = 2; leaf = 3; } { leaf = 1; } ];
  };
  foldrIsLazy = {
    expr = lib.foldr (x: rest: if x == 2 then "found" else rest) "none" [ 1 2 never ];
    expected = "found";
  };
  sortOnIsStable = {
    expr = map (x: x.n) (lib.sortOn (x: x.k) [ { k = 2; n = "a"; } { k = 1; n = "b"; } { k = 2; n = "c"; } ]);
    expected = [ "b" "a" "c" ];
  };
  toposortNamesTheCircle = {
    expr = lib.toposort (a: b: lib.elem "${a}${b}" [ "ab" "bc" "ca" ]) [ "a" "b" "c" ];
    expected = { cycle = [ "a" "c" "b" ]; loops = [ "a" ]; };
  };
  naturalSortByNumber = {
    expr = lib.naturalSort [ "disk11" "disk8" "disk100" "disk9" "a" ];
    expected = [ "a" "disk8" "disk9" "disk11" "disk100" ];
  };
  uniqueComparesDeeply = {
    expr = lib.unique [ { a = [ 1 ]; } "x" { a = [ 1 ]; } "x" 1 1.0 ];
    expected = [ { a = [ 1 ]; } "x" 1 ];
  };
  splitStringOnRegexCharacters = {
    expr = lib.splitString "." "a.b..c";
    expected = [ "a" "b" "" "c" ];
  };
  camelCase = {
    expr = map lib.toCamelCase [ "hello-world_there" "PascalCase" "" "already camelCase" ];
    expected = [ "helloWorldThere" "pascalCase" "" "alreadyCamelCase" ];
  };
  contextSurvives = {
    expr = builtins.hasContext (lib.toUpper (lib.removePrefix "x" (builtins.appendContext "xy" {
      "${builtins.storeDir}/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-n".path = true;
    })));
    expected = true;
  };
  shellArguments = {
    expr = lib.escapeShellArgs [ "plain" "two words" "it's" "" 7 true ];
    expected = "plain 'two words' 'it'\\''s' '' 7 1";
  };
  shellVariables = {
    expr = lib.toShellVars { a = "x y"; b = [ 1 "2 3" ]; c = { k = "v"; }; };
    expected = "a='x y'\ndeclare -a b=(1 '2 3')\ndeclare -A c=([k]=v)";
  };
  integersOnly = {
    expr = map (s: (builtins.tryEval (lib.toInt s)).success) [ " 12 " "-3" "007" "1x" "" "99999999999999999999" ];
    expected = [ true true false false false false ];
  };
  pathsOfParts = {
    expr = [
      (lib.path.subpath.normalise "./x//y/.")
      (lib.path.removePrefix /a/b /a/b/c)
      (lib.path.hasPrefix /a /ab)
    ];
    expected = [ "./x/y" "./c" false ];
  };
  overlaysCompose = {
    expr =
      let
        base = lib.makeExtensible (self: { a = 1; b = self.a + 1; });
        more = base.extend (lib.composeManyExtensions [ (_: p: { a = p.a + 10; }) (f: p: { c = f.b + p.a; }) ]);
      in
      [ more.a more.b more.c ];
    expected = [ 11 12 23 ];
  };
  overridesStack = {
    expr =
      let
        f = lib.makeOverridable ({ a, b ? 2 }: { result = a + b; });
        r = (f { a = 1; }).override { b = 10; };
      in
      [ r.result (r.override (old: { a = old.a + 100; })).result (lib.functionArgs f) ];
    expected = [ 11 111 { a = false; b = true; } ];
  };
  licenseExpressions = {
    expr = lib.licenses.toSPDX (lib.licenses.AND [ lib.licenses.mit (lib.licenses.OR [ lib.licenses.asl20 lib.licenses.unfree ]) ]);
    expected = "MIT AND (Apache-2.0 OR LicenseRef-nixos-unfree)";
  };
  platformsOfDarwin = {
    expr = [ lib.platforms.darwin (lib.systems.elaborate "armv7l-linux").config ];
    expected = [ [ "x86_64-darwin" "aarch64-darwin" ] "armv7l-unknown-linux-gnueabihf" ];
  };
  commandLines = {
    expr = lib.cli.toCommandLineShellGNU { } { v = true; name = "a b"; list = [ 1 2 ]; off = false; none = null; };
    expected = "'--list=1' '--list=2' '--name=a b' -v";
  };
}
