# One and the same function is equal to itself inside of lists and sets only; also under another name.
let
  f = x: x;
  g = f;
  sealed = [ (throw "never looked at") ];
in
{
  bare = f == f;
  wrapped = [ f ] == [ g ];
  named = { it = f; } == { it = g; };
  other = [ f ] == [ (x: x) ];
  inside = [ sealed ] == [ sealed ];
  found = builtins.elem f [ 1 g 2 ];
  order = [ f 1 ] < [ g 2 ];
}
