# Places that the language tells count columns in bytes.
let
  set = { a = "é"; b = 1; };
in
[
  (builtins.unsafeGetAttrPos "b" set).column
  [ "日本" __curPos.column ]
]
