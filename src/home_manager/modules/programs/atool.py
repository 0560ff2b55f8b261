from home_manager.authoring import *


class Atool(Program):
    """atool, which packs and unpacks archives of many kinds"""

    package = Package("atool", nullable=True, wrap_path="extraPackages")
    finalPackage = option(t.package, read_only=True, doc="atool with the further packages.")
    settings = Settings(
        None,
        type=t.attrs_of(t.either(t.str, t.int)),
        file=".atoolrc",
        below="home.file",
        render=lambda self, settings: formats.keyvalue.render(settings, mk_key_value=formats.plain.key_value(" ")),
        example={"path_unrar": "unrar-free"},
        doc="The settings.",
    )
    extraPackages = option(
        t.list_of(t.package),
        default=[],
        example=literal(
            "# all supported archive backends\n"
            "with pkgs; [ bzip2 cpio gnutar gzip lhasa lzop p7zip unrar-free unzip xz zip ]\n"
        ),
        doc="Packages whose programs atool finds.",
    )

    @defines(".finalPackage", when=package)
    def with_programs(self):
        return self._installed()
