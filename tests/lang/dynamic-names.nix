# Names that are computed; null leaves the attribute out.
let
  name = "b";
  set = { a = 1; ${name} = 2; ${null} = 3; "c${name}" = 4; ${"d"} = 5; e.${name}.f = 6; e.g = 7; };
in
{
  inherit set;
  selected = [ set.${name} set."c${name}" set.e.${name}.f (set.${"nothing"} or 0) ];
  asked = [ (set ? ${name}) (set ? e.${name}.f) (set ? "c${name}".x) ];
  recursive = rec { ${"x"} = 1; y = 2; "z${"z"}" = y; };
}
