from home_manager.authoring import *
from home_manager.modules.programs._mail import accounts, command, enabled


class Account(Options):
    """qcal for calendars."""

    extends = "accounts.calendar.accounts.<name>.qcal"

    enable = enabled("qcal access")


class Qcal(Program):
    """qcal, a CLI calendar application"""

    package = Package("qcal", nullable=True)
    timezone = option(
        t.single_line_str, default="Local", example="Europe/Vienna", doc="The time zone that times are shown in."
    )
    defaultNumDays = option(t.positive, default=30, doc="How many days are shown.")

    @config_file("qcal/config.json")
    def file(self):
        calendars = [calendar(account.remote) for account in accounts(self, "qcal", "calendar").values()]
        return formats.json.render(
            {"DefaultNumDays": self.defaultNumDays, "Timezone": self.timezone, "Calendars": calendars}
        )


def calendar(remote):
    password = remote.passwordCommand and command(remote.passwordCommand)
    found = {"Url": remote.url, "Username": remote.userName, "PasswordCmd": password}
    return {name: value for name, value in found.items() if value is not None}
