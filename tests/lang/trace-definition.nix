# A selection says where the attribute was written, and is one step however long its path is.
let
  settings = {
    deep.er.value = 1 + settings.deep.er.text;
    deep.er.text = { };
  };
in
settings.deep.er.value
