let
  package = 1;
in
{ p = pakcage; }
