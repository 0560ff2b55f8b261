# The steps of a derivation name it, and the attribute at fault.
(derivation {
  name = "broken";
  system = "any";
  builder = "/bin/sh";
  INPUT = [ "fine" { } ];
}).outPath
