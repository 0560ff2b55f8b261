# The same home a day later: another address, one more alias, one more file.
{ config, lib, ... }:

{
  imports = [ ./home.nix ];

  programs.git.settings.user.email = lib.mkForce "alice@work.example";
  programs.bash.shellAliases.gl = "git log --oneline";
  home.file.".config/motd".text = ''
    Welcome home, ${config.home.username}.
  '';
}
