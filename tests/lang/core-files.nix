# Nix brings a few files of its own below `<nix/…>`.
builtins.typeOf (import <nix/fetchurl.nix>)
