from typing import Any

from home_manager.authoring import *

START = """\
mkdir -p {below}/.dropbox {below}/.dropbox-dist {below}/Dropbox
[[ -d {home}/.dropbox ]] || ln -s {below}/.dropbox {home}/.dropbox
[[ -d {path} ]] || ln -s {below}/Dropbox {path}
# The command line is in the package; what synchronises is Dropbox's own download.
[[ -f $HOME/.dropbox-dist/VERSION ]] || yes | {dropbox} update
{dropbox} start
"""


class Dropbox(Service):
    """Dropbox daemon"""

    package = Package("dropbox-cli")
    path = option(
        t.path,
        default=lambda self: f"{self['home.homeDirectory']}/Dropbox",
        default_text='"${config.home.homeDirectory}/Dropbox"',
        apply=lambda value: formats.plain.to_string(value),
        doc="Where the files appear.",
    )

    def _below(self) -> str:
        return f"{self['home.homeDirectory']}/.dropbox-hm"

    def _start(self) -> str:
        quote = formats.shell.quote
        code = START.format(
            below=quote(self._below()),
            home=quote(self["home.homeDirectory"]),
            path=quote(self.path),
            dropbox=exe(self.package, "dropbox"),
        )
        programs = f'export PATH="{self.pkgs["coreutils"]}/bin:$PATH"\n'
        return str(self._made("writeShellScript", "dropbox-start", programs + code))

    unit = UserUnit(
        lambda self: self._start(),
        description="dropbox",
        wanted_by="default.target",
        restart="on-failure",
        service=lambda self: self._service(),
    )

    def _service(self) -> dict[str, Any]:
        return {
            "Environment": [f"HOME={self._below()}", "DISPLAY="],
            "Type": "forking",
            "PIDFile": f"{self._below()}/.dropbox/dropbox.pid",
            "PrivateTmp": True,
            "ProtectSystem": "full",
            "Nice": 10,
            "ExecReload": f"{self.pkgs['coreutils']}/bin/kill -HUP $MAINPID",
            "ExecStop": f"{exe(self.package, 'dropbox')} stop",
        }
