"""`i18n.glibcLocales`: where the C library finds the languages."""

from home_manager.authoring import *


class Locales(Module):
    """Locales of the C library"""

    namespace = "i18n"

    glibcLocales = option(
        t.path,
        default=lambda self: self._system_locales() or self.pkgs["glibcLocales"],
        default_text="nixosConfig.i18n.glibcLocales or pkgs.glibcLocales",
        example=literal('pkgs.glibcLocales.override {\n  allLocales = false;\n  locales = [ "en_US.UTF-8/UTF-8" ];\n}'),
        doc="The package with the archive of locales that programs are pointed to. It matters on Linux only; as a part of a "
        "NixOS configuration it is the package of that.",
    )

    def _system_locales(self):
        system = self._argument("nixosConfig")
        return None if system is None else system.get("i18n", {}).get("glibcLocales")

    def _archive(self) -> dict[str, str] | None:
        if not self._is_on("linux"):
            return None
        return {"LOCALE_ARCHIVE_2_27": f"{self.glibcLocales}/lib/locale/locale-archive"}

    @defines("home.sessionVariables")
    def for_shells(self):
        return self._archive()

    @defines("systemd.user.sessionVariables")
    def for_services(self):
        return self._archive()
