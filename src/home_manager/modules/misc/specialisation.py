"""`specialisation`: variants of the configuration, each the whole of it with more added."""

from collections.abc import Iterator

from home_manager.authoring import *


class Specialised(Options):
    """A variant of the configuration."""

    configuration = option(
        # A variant has no variants itself: else there would be no end of them.
        t.variant({"specialisation": override(0, {})}),
        default={},
        visible="shallow",
        doc="What the variant sets beyond the configuration that it is part of.",
    )


class Specialisation(Module):
    """Variants of the configuration"""

    namespace = ""
    by_mention = True

    specialisation = option(
        t.attrs_of(t.submodule(Specialised)),
        default={},
        doc="""
        Variants of the configuration by name: all that it sets, and what the variant adds. With variants `light` and
        `dark`, say, the colours of everything are changed at once.

        `home-manager switch --specialisation NAME` builds the configuration with all of its variants and activates the
        one that is named; without the option the configuration itself is activated. Each variant is also a link
        `specialisation/NAME` in the generation, with an `activate` script of its own.
        """,
    )

    renamed = (Renamed("specialization", "specialisation"),)

    @check
    def names(self) -> Iterator[str]:
        for name in self.specialisation:
            if "/" in name:
                yield "<name> in specialisation.<name> cannot contain a forward slash."
            elif name in ("", ".", ".."):
                yield f'specialisation."{name}" cannot be called so: no file can have this name.'
