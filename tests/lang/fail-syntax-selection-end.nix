builtins.
