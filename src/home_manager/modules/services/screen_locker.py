from home_manager.authoring import *

SESSION = "${XDG_SESSION_ID}"
"""The session's number, which systemd fills in when the unit starts."""


def arguments(program: str):
    return option(t.list_of(t.str), default=[], doc=f"Further arguments of `{program}`, as they stand in the unit.")


class Xautolock(Options):
    """What locks after a while"""

    enable = option(t.bool, default=True, doc="Whether xautolock locks after a while; otherwise, the X server does.")
    package = Package("xautolock", install=False)
    detectSleep = option(t.bool, default=True, doc="Whether waking up starts the time of xautolock anew.")
    extraOptions = arguments("xautolock")


class XssLock(Options):
    """What locks when the session asks for it"""

    package = Package("xss-lock", install=False)
    extraOptions = arguments("xss-lock")
    screensaverCycle = option(
        t.int, default=600, doc="The cycle of the X server's screen saver in seconds, while xautolock is off."
    )


class ScreenLocker(Service):
    """screen locker for X session"""

    lockCmd = option(t.str, example="${pkgs.i3lock}/bin/i3lock -n -c 000000", doc="The command that locks.")
    lockCmdEnv = option(
        t.list_of(t.str),
        default=[],
        example=["XSECURELOCK_PAM_SERVICE=xsecurelock"],
        doc="The environment of that command: `NAME=value`.",
    )
    inactiveInterval = option(
        t.int,
        default=10,
        doc="After how many idle minutes the session is locked: from 1 to 60 with xautolock.",
    )
    xautolock = group(Xautolock)
    xss_lock = group(XssLock, name="xss-lock")
    renamed = (
        Renamed("xssLockExtraOptions", "xss-lock.extraOptions"),
        Renamed("xautolockExtraOptions", "xautolock.extraOptions"),
        Renamed("enableDetectSleep", "xautolock.detectSleep"),
    )

    def _on_request(self) -> str:
        program = f"{self.xss_lock.package}/bin/xss-lock"
        return " ".join([program, f"-s {SESSION}", *self.xss_lock.extraOptions, f"-- {self.lockCmd}"])

    def _screen_saver(self) -> str:
        return f"{exe(self.pkgs['xset'])} s {self.inactiveInterval * 60} {self.xss_lock.screensaverCycle}"

    locker = UserUnit(
        lambda self: self._on_request(),
        name="xss-lock",
        description="xss-lock, session locker service",
        target="graphical-session.target",
        restart="always",
        service=lambda self: {
            "Environment": self.lockCmdEnv,
            **({} if self.xautolock.enable else {"ExecStartPre": self._screen_saver()}),
        },
    )

    def _after_a_while(self) -> str:
        lock = f"{self.pkgs['systemd']}/bin/loginctl lock-session {SESSION}"
        words = [f"{self.xautolock.package}/bin/xautolock", f"-time {self.inactiveInterval}", f"-locker '{lock}'"]
        if self.xautolock.detectSleep:
            words.append("-detectsleep")
        return " ".join([*words, *self.xautolock.extraOptions])

    timer = UserUnit(
        lambda self: self._after_a_while(),
        name="xautolock-session",
        description="xautolock, session locker service",
        target="graphical-session.target",
        restart="always",
        when=lambda self: self.xautolock.enable,
    )
