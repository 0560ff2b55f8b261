from home_manager.authoring import *


class Xcape(Service):
    """xcape"""

    package = Package("xcape", install=False)
    timeout = option(
        t.null_or(t.int),
        default=None,
        example=500,
        doc="After how many milliseconds a key that is held counts as held; 500 without it.",
    )
    mapExpression = option(
        t.attrs_of(t.str),
        default={},
        example={"Shift_L": "Escape", "Control_L": "Control_L|O"},
        doc="Keys, and what they are when they are only pressed: names of X without `XK_`, or codes after `#`. Where a key "
        "has to be held for a character, both are written: `Shift_L|bracketleft`.",
    )

    def _command(self):
        words = [exe(self.package)]
        if self.timeout is not None:
            words.append(f"-t {self.timeout}")
        if self.mapExpression:
            words.append(f"-e '{';'.join(f'{key}={other}' for key, other in self.mapExpression.items())}'")
        return " ".join(words)

    def _after(self):
        # The layout has to be there before.
        return ["graphical-session.target", *(["setxkbmap.service"] if self["home.keyboard"] else [])]

    unit = UserUnit(
        _command, description="xcape", target="graphical-session.target", after=_after, service={"Type": "forking"}
    )
