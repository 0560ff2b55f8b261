# A first home: five programs, git, bash and vim. `make demo` switches to it.
{ config, pkgs, ... }:

{
  programs.home-manager.enable = true;

  # Who this home belongs to.
  home.username = "alice";
  home.homeDirectory = "/home/alice";

  # The release that this file was written for; it decides defaults that changed later.
  home.stateVersion = "25.11";

  home.packages = with pkgs; [
    htop
    ripgrep
    fd
    bat
    jq
  ];

  programs.git = {
    enable = true;
    settings = {
      user.name = "Alice Example";
      user.email = "alice@example.org";
      init.defaultBranch = "main";
      pull.rebase = true;
    };
  };

  programs.bash = {
    enable = true;
    shellAliases = {
      ll = "ls -l";
      gs = "git status";
    };
  };

  programs.vim = {
    enable = true;
    settings.number = true;
    extraConfig = ''
      set tabstop=2 shiftwidth=2 expandtab
    '';
  };
}
