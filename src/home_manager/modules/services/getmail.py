from home_manager.authoring import *
from home_manager.modules.programs._mail import accounts
from home_manager.modules.programs.getmail import file_name


class Getmail(Service):
    """the getmail systemd service to automatically retrieve mail"""

    package = Package("getmail6", install=False)
    frequency = option(
        t.str,
        default="*:0/5",
        example="hourly",
        doc="How often mail is fetched, as in {manpage}`systemd.time(7)`. Where the password comes by way of gpg-agent, "
        "more often than the agent forgets, or it asks each time.",
    )

    def _command(self):
        files = " ".join(f" --rcfile {file_name(account)}" for account in accounts(self, "getmail").values())
        return f"{exe(self.package)} {files}"

    fetching = UserUnit(_command, description="getmail email fetcher")
    timer = UserUnit(
        kind="timers",
        description="getmail email fetcher",
        section=lambda self: {"Timer": {"OnCalendar": self.frequency, "Unit": "getmail.service"}},
        wanted_by=["timers.target"],
    )
