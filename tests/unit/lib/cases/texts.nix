# Configuration formats; real Nix with nixpkgs' lib gives the same texts.
{ lib }:
let
  gv = lib.gvariant;
in
{
  ini = {
    expr = lib.generators.toINI { listsAsDuplicateKeys = true; } { "s[1]" = { "k=v" = [ 1 true ]; b = null; }; a = { }; };
    expected = "[a]\n\n[s\\[1\\]]\nb=null\nk\\=v=1\nk\\=v=true\n";
  };
  iniWithGlobalSection = {
    expr = lib.generators.toINIWithGlobalSection { } { globalSection.x = 1; sections.s.y = 2; };
    expected = "x=1\n\n[s]\ny=2\n";
  };
  gitIni = {
    expr = lib.generators.toGitINI { user.name = "A \"b\""; remote."a.b".url = [ "x" "y" ]; core.n = 1; };
    expected = "[core]\n\tn = 1\n\n[remote \"a.b\"]\n\turl = \"x\"\n\turl = \"y\"\n\n[user]\n\tname = \"A \\\"b\\\"\"\n";
  };
  pretty = {
    expr = lib.generators.toPretty { } { a = [ ]; "b c" = "x\n\${y}''"; f = { x, y ? 1 }: x; n = null; };
    expected = "{\n  a = [ ];\n  \"b c\" = ''\n    x\n    ''\${y}''''';\n  f = <function, args: {x, y?}>;\n  n = null;\n}";
  };
  lua = {
    expr = lib.generators.toLua { multiline = false; } { a = [ 1 "x" null ]; "b-c" = lib.mkLuaInline "f()"; d = { }; };
    expected = "{ [\"a\"] = { 1, \"x\", nil }, [\"b-c\"] = (f()), [\"d\"] = {} }";
  };
  plist = {
    expr = lib.hasInfix "<dict>\n\t<key>a&amp;b</key>\n\t<array>\n\t\t<true/>\n\t</array>\n</dict>" (
      lib.generators.toPlist { escape = true; } { "a&b" = [ true ]; n = null; }
    );
    expected = true;
  };
  dconf = {
    expr = lib.generators.toDconfINI { s = { t = gv.mkTuple [ "a" (gv.mkUint32 1) ]; e = gv.mkEmptyArray gv.type.string; }; };
    expected = "[s]\ne=@as []\nt=@(su) ('a',@u 1)\n";
  };
  ambiguousNumbers = {
    expr = (builtins.tryEval (toString (gv.mkValue 1))).success;
    expected = false;
  };
}
