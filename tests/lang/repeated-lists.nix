# Whether a list is shown again depends on what holds it, however it came there.
let
  list = [ 1 ];
  give = x: x;
  held = builtins.seq list list;
in
{
  applied = map (x: held) [ 1 2 ];
  chosen = map (x: if x > 1 then held else held) [ 1 2 ];
  identity = map give [ list list ];
  made = builtins.genList (n: { inherit list; }) 2;
  named = builtins.mapAttrs (name: value: value) { a = list; b = list; };
}
