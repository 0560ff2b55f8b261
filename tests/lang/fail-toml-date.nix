builtins.fromTOML "born = 1979-05-27"
