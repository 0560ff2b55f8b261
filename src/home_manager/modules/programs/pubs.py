from home_manager.authoring import *


class Pubs(Program):
    """pubs, a bibliography for the command line"""

    package = Package("pubs")
    extraConfig = ExtraText(
        file=".pubsrc",
        below="home.file",
        example="[main]\npubsdir = ~/.pubs\ndocsdir = ~/.pubs/doc\n\n[plugins]\nactive = git,alias\n",
        doc="What `~/.pubsrc` holds, see <https://github.com/pubs/pubs/blob/master/readme.md>.",
    )
