let
  d = derivation { name = "n"; builder = "/b"; system = "s"; };
in
{ ${d.outPath} = 1; }
