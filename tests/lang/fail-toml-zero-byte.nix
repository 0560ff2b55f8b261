builtins.fromTOML "text = \"a\\u0000b\""
