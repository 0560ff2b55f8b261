# What the original's tests/default.nix puts around every test.
{ hm }:
{ config, lib, ... }:
{
  imports = [ (hm + "/tests/asserts.nix") (hm + "/tests/big-test.nix") (hm + "/tests/stubs.nix") ];
  options.nmt = {
    script = lib.mkOption { type = lib.types.lines; default = ""; };
    description = lib.mkOption { type = lib.types.str; default = ""; };
  };
  config = {
    _module.check = lib.mkForce false;
    xdg.enable = lib.mkDefault true;
    home = {
      username = "hm-user";
      homeDirectory = "/home/hm-user";
      stateVersion = lib.mkDefault "18.09";
    };
    programs.zsh.dotDir = lib.mkIf (config.home.stateVersion == "18.09") (lib.mkDefault "/home/hm-user");
    manual.manpages.enable = lib.mkDefault false;
    test.enableBig = true;
    test.enableLegacyIfd = false;
  };
}
