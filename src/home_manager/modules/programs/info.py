from home_manager.authoring import *


class Info(Program):
    """GNU Info, the reader of Texinfo manuals"""

    package = Package("texinfo", default="texinfoInteractive")
    removed = (
        Removed(
            "homeInfoDirLocation",
            "The `dir` file is now generated as part of the Home Manager profile and\n"
            "will no longer be placed in your home directory.\n",
        ),
    )

    @defines("home.packages")
    def folders(self):
        # Two packages with the folder make it a real one in the profile, into which `dir` can be written.
        return [
            self._made("runCommandLocal", f"dummy-info-dir{number}", {}, "mkdir -p $out/share/info")
            for number in (1, 2)
        ]

    @defines("home.extraOutputsToInstall")
    def manuals(self):
        return ["info"]

    @defines("home.extraProfileCommands")
    def contents(self):
        return formats.shell.script(
            """
            if [[ -w "$out/share/info" && ! -e "$out/share/info/dir" ]]; then
              (
                export PATH="@path@${PATH:+:}$PATH"
                for manual in "$out"/share/info/*.info "$out"/share/info/*.info.gz; do
                  [[ ! -e "$manual" ]] || install-info "$manual" "$out/share/info/dir"
                done
              )
            fi
            """,
            path=self._search_path([self.pkgs["gzip"], self.package]),
        )
