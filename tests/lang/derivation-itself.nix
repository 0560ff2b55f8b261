# Shown as the function that it is in Nix, where it is written in the language.
[ derivation (builtins.typeOf derivation) ]
