import math
import re

from home_manager.authoring import *

PERCENT = re.compile("[0-9]([0-9]+)?%")


def percent(text):
    return int(text.removesuffix("%"))


def is_percentage(value):
    return isinstance(value, str) and PERCENT.fullmatch(value) is not None and 0 <= percent(value) <= 200


def for_each(type, example, doc):
    """An option of a list for the ports of a GPU, or a list of such."""

    return option(
        t.list_of(t.either(type, t.list_of(type))),
        default=[],
        example=literal(f"[\n  {example[0]}   # HDMI\n  null    # DP1\n  {example[1]}  # DP2\n]\n"),
        doc=f"{doc} One value a port of the GPU, in their order, or a list of them for each GPU.",
    )


def dithering(value):
    return "0" if value == "auto" else "1" if value is True else "2"


def level(value):
    return str(min(math.floor(10.24 * (100 if value is None else percent(value)) - 1024), 1023))


class Nvibrant(Service):
    """nvibrant"""

    package = Package("nvibrant", install=False)
    dithering = for_each(
        t.null_or(t.either(t.bool, t.enum("auto"))),
        ("true", "false"),
        "Whether the output is dithered; `null` is the same as `false`.",
    )
    vibrancy = for_each(
        t.null_or(t.described(t.narrowed(t.str, is_percentage), "percentage between 0% and 200% (both inclusive)")),
        ('"0%"', '"200%"'),
        "How vivid colours are; `null` is the same as `100%`.",
    )

    @check
    def something_to_do(self):
        if not (self.dithering or self.vibrancy):
            yield "Either `services.nvibrant.dithering` or `services.nvibrant.vibrancy` must be set"
        for name in ("dithering", "vibrancy"):
            if len({isinstance(each, list) for each in self._read(name)}) > 1:
                yield f"`services.nvibrant.{name}` has a list for each GPU, or values for one GPU, not both."

    def _lines(self, values, write, before=""):
        """A call for each GPU."""
        several = [ports for ports in values if isinstance(ports, list)]
        for number, ports in enumerate(several or [values] if values else []):
            words = formats.shell.quote_all(map(write, ports))
            yield f"{f'NVIDIA_GPU={number} ' if several else ''}{before}{exe(self.package)} {words}\n"

    def _script(self):
        lines = [*self._lines(self.dithering, dithering, "ATTRIBUTE=dithering "), *self._lines(self.vibrancy, level)]
        return str(self._made("writeShellScript", "apply-nvibrant", "".join(lines)))

    unit = UserUnit(
        _script, description="Applies nvibrant", target="graphical-session.target", service={"Type": "oneshot"}
    )
