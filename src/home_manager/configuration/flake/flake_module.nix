# For flake-parts: the outputs that flakes have for homes, as options. Several modules may define each of them.
{
  lib,
  flake-parts-lib,
  moduleLocation,
  ...
}:

let
  inherit (lib) mkOption types;

  placed =
    name: module:
    {
      _class = "homeManager";
      _file = "${toString moduleLocation}#homeModules.${name}";
      imports = [ module ];
    };
in
{
  options.flake = flake-parts-lib.mkSubmoduleOptions {
    homeConfigurations = mkOption {
      type = types.lazyAttrsOf types.raw;
      default = { };
      description = "Homes, each made with `homeManagerConfiguration`.";
    };

    homeModules = mkOption {
      type = types.lazyAttrsOf types.deferredModule;
      default = { };
      apply = builtins.mapAttrs placed;
      description = "Modules for homes that others may import.";
    };
  };
}
