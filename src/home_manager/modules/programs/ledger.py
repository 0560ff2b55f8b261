from home_manager.authoring import *


def flag(name, value):
    if isinstance(value, bool):
        return f"--{name}" if value else ""
    return f"--{name} {value}"


class Ledger(Program):
    """ledger, double-entry bookkeeping"""

    package = Package("ledger", nullable=True)
    settings = option(
        t.attrs_of(t.one_of(t.bool, t.int, t.str, t.list_of(t.str))),
        default={},
        example={
            "date-format": "%Y-%m-%d",
            "file": ["~/finances/journal.ledger", "~/finances/assets.ledger", "~/finances/income.ledger"],
            "sort": "date",
            "strict": True,
        },
        doc="Flags that every run of ledger is given; a list gives a flag several times.",
    )
    extraConfig = option(
        t.lines,
        default="",
        example=literal("--sort date\n--effective\n--date-format %Y-%m-%d\n"),
        doc="Further lines of ledgerrc.",
    )

    @config_file("ledger/ledgerrc", when=lambda self: self.settings or self.extraConfig)
    def file(self):
        flags = formats.keyvalue(duplicates=True).render(self.settings, mk_key_value=flag)
        return flags + self.extraConfig
