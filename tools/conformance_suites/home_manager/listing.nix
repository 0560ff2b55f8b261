# The original's tests: name -> { from: the file that lists it; test: its module }. The lists are those of its tests/default.nix.
{ hm, lib, pkgs }:
let
  inherit (builtins) attrNames concatMap filter foldl' readDir;
  inherit (pkgs.stdenv.hostPlatform) isDarwin isLinux;
  below = dir: map (n: dir + "/${n}") (filter (n: (readDir dir).${n} == "directory") (attrNames (readDir dir)));
  modules = hm + "/tests/modules";
  everywhere = [
    "files" "home-environment" "misc/fontconfig" "misc/manual" "misc/news" "misc/nix" "misc/nixpkgs-disabled"
    "misc/specialisation" "misc/ssh-auth-sock/default.nix" "misc/xdg" "xresources"
  ];
  darwin = [ "launchd" "targets-darwin" ];
  linux = [
    "config/home-cursor" "config/i18n" "dbus" "i18n/input-method" "misc/debug" "misc/editorconfig" "misc/gtk" "misc/numlock"
    "misc/pam" "misc/qt" "misc/xdg/linux.nix" "misc/xsession" "services-modular" "systemd" "targets-linux"
  ];
  listed =
    map (n: hm + "/tests/lib/${n}") [ "deprecations" "generators" "mcp" "types" ]
    ++ map (n: modules + "/${n}") (everywhere ++ (if isDarwin then darwin else linux))
    ++ concatMap (n: below (modules + "/${n}")) [ "services" "programs" ];
  tests = p: let i = import p; in if builtins.isFunction i then i { inherit lib pkgs; } else i;
in
foldl' (a: p: a // builtins.mapAttrs (_: test: { from = p; inherit test; }) (tests p)) { } listed
