let
  editor = throw "choose an editor first";
in
{ inherit editor; }
