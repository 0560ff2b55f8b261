from home_manager.authoring import *


class Repository(Options):
    """A repository that is kept in step"""

    name = option(
        t.str,
        internal=True,
        default=lambda self: self._name,
        default_text='"‹name›"',
        doc="The name of the repository.",
    )
    path = option(t.path, doc="The working copy.")
    uri = option(
        t.str,
        example="git+ssh://user@example.com:/~[user]/path/to/repo.git",
        doc="The address that the copy is cloned from where it is not there.",
    )
    interval = option(t.int, default=500, doc="After how many seconds the copy is synchronised even without a change.")
    extraPackages = option(
        t.list_of(t.package),
        default=[],
        example=literal("with pkgs; [ git-crypt ]"),
        doc="Packages whose programs git finds.",
    )


class GitSync(Service):
    """the synchronisation of working copies of git"""

    platforms = ("linux", "darwin")

    package = Package("git-sync", install=False)
    repositories = option(
        t.attrs_of(t.submodule(Repository)),
        example=literal(
            "{\n"
            "  xyz = {\n"
            '    path = "${config.home.homeDirectory}/foo/home-manager";\n'
            '    uri = "git@github.com:nix-community/home-manager.git";\n'
            "    interval = 1000;\n"
            "  };\n"
            "}\n"
        ),
        doc="The working copies by name.",
    )

    @defines("systemd.user.services")
    def services(self):
        for name, repository in self.repositories.items():
            path = self._search_path([self.pkgs["openssh"], self.pkgs["git"], *repository.extraPackages])
            environment = [
                f"PATH={path}",
                f"GIT_SYNC_DIRECTORY={formats.shell.quote(repository.path)}",
                f"GIT_SYNC_COMMAND={self.package}/bin/git-sync",
                f"GIT_SYNC_REPOSITORY={formats.shell.quote(repository.uri)}",
                f"GIT_SYNC_INTERVAL={repository.interval}",
            ]
            service = {
                "Environment": environment,
                "ExecStart": f"{self.package}/bin/git-sync-on-inotify",
                "Restart": "on-abort",
            }
            yield {
                f"git-sync-{name}": {
                    "Unit": {"Description": f"Git Sync {name}"},
                    "Install": {"WantedBy": ["default.target"]},
                    "Service": service,
                }
            }

    @defines("launchd.agents", when=lambda self: self._is_on("darwin"))
    def agents(self):
        for name, repository in self.repositories.items():
            config = {
                "StartInterval": repository.interval,
                "ProcessType": "Background",
                "WorkingDirectory": str(repository.path),
                "WatchPaths": [str(repository.path)],
                "ProgramArguments": [f"{self.package}/bin/git-sync"],
            }
            yield {f"git-sync-{name}": {"enable": True, "config": config}}
