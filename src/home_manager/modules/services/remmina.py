from home_manager.authoring import *

MIME = """\
<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="application/x-rdp">
    <comment>rdp file</comment>
    <icon name="application-x-rdp"/>
    <glob-deleteall/>
    <glob pattern="*.rdp"/>
  </mime-type>
</mime-info>
"""


class SystemdService(Options):
    """The service."""

    enable = option(t.bool, default=True, example=True, doc="Whether to enable systemd Remmina service.")
    startupFlags = option(t.list_of(t.str), default=["--icon"], doc="Arguments of Remmina when it starts as a service.")


class Remmina(Service):
    """Remmina"""

    platforms = ("linux", "darwin")

    package = Package("remmina")
    addRdpMimeTypeAssoc = option(
        t.bool, default=True, example=True, doc="Whether Remmina opens files of RDP, where `xdg.mimeApps` is on."
    )
    systemdService = group(SystemdService)
    unit = UserUnit(
        lambda self: f"{exe(self.package)} {formats.shell.quote_all(self.systemdService.startupFlags)}",
        description="Remmina remote desktop client",
        requires="graphical-session.target",
        wanted_by="graphical-session.target",
        restart="on-failure",
        unit={"Documentation": "man:remmina(1)"},
        service={"Type": "simple"},
        when=lambda self: self.systemdService.enable,
    )

    def _opens_files(self):
        return self.addRdpMimeTypeAssoc and self["xdg.mimeApps.enable"]

    @defines("xdg.mimeApps.associations.added", when=_opens_files)
    def association(self):
        return {"application/x-rdp": "org.remmina.Remmina.desktop"}

    @config_file("mime/packages/application-x-rdp.xml", below="xdg.dataFile", when=_opens_files)
    def kind_of_file(self):
        return MIME
