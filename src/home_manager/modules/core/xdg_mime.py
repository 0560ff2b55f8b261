"""`xdg.mime`: the databases by which programs find out what a file is and what opens it."""

from home_manager.authoring import *


class Mime(Program):
    """the databases of MIME types and of the applications for them"""

    namespace = "xdg.mime"
    platforms = ("linux",)

    enable = option(
        t.bool,
        default=lambda self: self._is_on("linux"),
        default_text="true if host platform is Linux, false otherwise",
        doc="Whether to install the shared database of MIME types, and to keep it and the database of applications in "
        "step with the installed packages, see <https://specifications.freedesktop.org/shared-mime-info-spec/latest/> "
        "and <https://specifications.freedesktop.org/mime-apps-spec/latest/>.",
    )
    sharedMimeInfoPackage = Package("shared-mime-info", extra="It has the program that updates the database of types.")
    desktopFileUtilsPackage = Package(
        "desktop-file-utils", install=False, extra="It has the program that updates the database of applications."
    )

    @defines("home.packages")
    def real_directories(self):
        # Two packages with the same directories: those of the profile are then real ones, which can be written to.
        script = "mkdir -p $out/share/applications $out/share/mime/packages"
        return [self._made("runCommandLocal", f"dummy-xdg-mime-dirs{number}", {}, script) for number in (1, 2)]

    @defines("home.extraProfileCommands")
    def update(self):
        return formats.shell.script(
            """
            if [[ -d $out/share/mime/packages && -w $out/share/mime/packages && -w $out/share/mime ]]; then
              XDG_DATA_DIRS=$out/share PKGSYSTEM_ENABLE_FSYNC=0 @types@ -V $out/share/mime > /dev/null
            fi
            if [[ -w $out/share/applications ]]; then
              @applications@ $out/share/applications
            fi
            """,
            types=exe(self.sharedMimeInfoPackage, "update-mime-database"),
            applications=exe(self.desktopFileUtilsPackage, "update-desktop-database"),
        )
