from home_manager.authoring import *
from home_manager.modules.programs._mail import accounts, enabled, updated


class _Account(Options):
    """khal for calendars or address books."""

    enable = enabled("khal access")
    readOnly = option(t.bool, default=False, doc="Whether khal leaves the account as it is.")
    color = option(
        t.null_or(t.str),
        default=None,
        example="light green",
        doc="The color of events: the name of one, or one like `#ff0000`.",
    )
    priority = option(t.int, default=10, doc="Which calendar gives a day its color: the one with the highest number.")
    addresses = option(
        t.list_of(t.str), default=[], doc="The addresses of the user, by which khal finds out who takes part in events."
    )


class CalendarAccount(_Account):
    """khal for calendars."""

    extends = "accounts.calendar.accounts.<name>.khal"

    type = option(
        t.enum("calendar", "discover"), default="calendar", doc="Whether the account is one calendar, or holds some."
    )
    glob = option(t.str, default="*", doc="The pattern of calendars, where the account holds some.")


class ContactAccount(_Account):
    """khal for address books: the birthdays in them."""

    extends = "accounts.contact.accounts.<name>.khal"

    collections = option(
        t.null_or(t.list_of(t.str)), default=None, doc="The address books with birthdays; `null` for all."
    )


def date_format(default, what):
    return option(t.str, default=default, doc=f"How {what}, as in {{manpage}}`strftime(3)`.")


def timezone(what):
    return option(t.null_or(t.str), default=None, doc=f"The time zone {what}; `null` for that of the system.")


class Locale(Options):
    """Dates and times."""

    dateformat = date_format("%x", "dates are shown and read")
    timeformat = date_format("%X", "times are shown and read")
    datetimeformat = date_format("%c", "dates with times are shown and read")
    longdateformat = date_format("%x", "dates with their year are shown and read")
    longdatetimeformat = date_format("%c", "dates with their year and times are shown and read")
    unicode_symbols = option(t.bool, default=True, doc="Whether symbols may be other than ASCII.")
    default_timezone = timezone("of new events and of those whose own is not known")
    local_timezone = timezone("that times are shown in")
    firstweekday = option(t.between(0, 6), default=0, doc="The first day of a week: 0 is Monday.")
    weeknumbers = option(
        t.enum("off", "left", "right"),
        default="off",
        doc="Where numbers of weeks stand; they are right where weeks begin with Monday.",
    )


def calendar(name, account, kind, below=""):
    """The section of a calendar; `below` is what follows the directory."""
    khal, local = account.khal, account.local
    yield f"[[{name}]]"
    yield f"path = {local.path}{'' if local.type == 'singlefile' else '/'}{below}"
    if khal.readOnly:
        yield "readonly = True"
    if khal.addresses:
        yield f"addresses= {', '.join(khal.addresses)}"
    if khal.color is not None:
        yield f"color = '{khal.color}'"
    yield f"priority={khal.priority}\ntype={kind}\n"
    yield "\n"


class Khal(Program):
    """khal, a CLI calendar application"""

    package = Package("khal", nullable=True)
    locale = option(t.submodule(Locale), default={}, doc="Dates and times.")
    settings = option(
        formats.ini.type,
        default={},
        example={
            "default": {"default_calendar": "Calendar", "timedelta": "5d"},
            "view": {
                "agenda_event_format": "{calendar-color}{cancelled}{start-end-time-style} {title}{repeat-symbol}{reset}"
            },
        },
        doc="Further settings, by section.",
    )

    def _calendars(self):
        found = {}
        for name, account in accounts(self, "khal", "calendar").items():
            below = account.khal.glob if account.khal.type == "discover" else ""
            found[name] = calendar(name, account, account.khal.type, below)
        for name, account in accounts(self, "khal", "contact").items():
            if account.khal.collections is None:
                found[name] = calendar(name, account, "birthdays")
            for each in account.khal.collections or ():
                found[f"{name}-{each}"] = calendar(f"{name}-{each}", account, "birthdays", each)
        return ["\n".join(found[name]) for name in sorted(found)]

    @config_file("khal/config")
    def file(self):
        # khal takes an indented line for the rest of the one before.
        settings = dict(self.settings)
        used = accounts(self, "khal", "calendar")
        main = [name for name, account in used.items() if account.primary]
        if len(main) == 1:
            default = used[main[0]].primaryCollection
            usual = {"highlight_event_days": True, "default_calendar": main[0] if default is None else default}
            settings["default"] = {**usual, **settings.get("default", {})}
        locale = {name: value for name, value in self.locale.items() if value is not None}
        text = formats.ini.render(updated(settings, {"locale": locale}))
        return "\n".join(["[calendars]", *self._calendars(), text])
