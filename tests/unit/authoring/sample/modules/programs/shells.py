"""A program that enables another."""

from home_manager.authoring import Program, defines


class Shells(Program):
    """all shells"""

    @defines("programs.bash.enable")
    def bash(self):
        return True
