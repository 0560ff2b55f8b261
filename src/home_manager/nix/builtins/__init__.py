"""The built-in functions of the Nix language, one file per topic; `table` has them all."""
