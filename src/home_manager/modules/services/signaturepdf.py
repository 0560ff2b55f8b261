from home_manager.authoring import *


class Signaturepdf(Service):
    """SignaturePDF, which signs and organises PDF files in the browser"""

    platforms = ("linux", "darwin")
    package = Package("signaturepdf", install=False)
    port = option(t.port, default=8080, example=8081, doc="The port that it is served at.")
    extraConfig = option(
        t.attrs_of(t.one_of(t.str, t.int, t.bool, t.float)),
        default={},
        example={"max_file_uploads": "201", "post_max_size": "24M", "upload_max_filesize": "24M"},
        doc="Settings of PHP.",
    )
    server = UserUnit(
        lambda self: f"{self.package}/bin/signaturepdf {self.port} {formats.shell.quote_all(self._settings())}",
        description="signaturepdf; signing, organizing, editing metadatas or compressing PDFs",
        wanted_by="default.target",
    )

    def _settings(self):
        settings = sorted(self.extraConfig.items())
        return [word for name, value in settings for word in ("-d", f"{name}={formats.plain.value_string(value)}")]

    @defines("xdg.desktopEntries")
    def entry(self):
        return {
            "signaturepdf": {
                "name": "SignaturePDF",
                "exec": f"{self.pkgs['xdg-utils']}/bin/xdg-open http://localhost:{self.port}",
                "terminal": False,
                "icon": f"{self.package}/share/signaturepdf/public/favicon.ico",
            }
        }
