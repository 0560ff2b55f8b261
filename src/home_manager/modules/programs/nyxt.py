from home_manager.authoring import *


class Nyxt(Program):
    """Nyxt"""

    package = Package("nyxt", nullable=True)
    config = option(
        t.either(t.lines, t.path),
        default="",
        example=literal(
            "''\n  (in-package #:nyxt-user)\n\n  (define-configuration browser\n"
            "    ((restore-session-on-startup-p nil)))\n''"
        ),
        doc="The configuration of Nyxt, in Common Lisp, or a file that holds it.",
    )

    @defines("xdg.configFile", when=config)
    def file(self):
        return {"nyxt/config.lisp": {"text" if isinstance(self.config, str) else "source": self.config}}
