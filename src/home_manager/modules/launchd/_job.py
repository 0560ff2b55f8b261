"""The keys of a job of launchd."""

from typing import Any

from home_manager.authoring import *

YES_NO = t.null_or(t.bool)
NUMBER = t.null_or(t.int)
TEXT = t.null_or(t.str)
TEXTS = t.null_or(t.list_of(t.str))
PATH = t.null_or(t.path)


def keys(**types) -> dict[str, Any]:
    """An option for each key, by default not set."""
    return {
        name: option(
            type_,
            default=None,
            visible="shallow" if name == "StartCalendarInterval" else True,
            doc=f"The key `{name}`, see {{manpage}}`launchd.plist(5)`.",
        )
        for name, type_ in types.items()
    }


class Limits(Options):
    """Limits on resources."""

    locals().update(
        keys(
            **dict.fromkeys(
                [
                    "Core",
                    "CPU",
                    "Data",
                    "FileSize",
                    "MemoryLock",
                    "NumberOfFiles",
                    "NumberOfProcesses",
                    "ResidentSetSize",
                    "Stack",
                ],
                NUMBER,
            )
        )
    )


class KeepAlive(Options):
    """When the job is kept running."""

    locals().update(
        keys(
            SuccessfulExit=YES_NO,
            NetworkState=YES_NO,
            PathState=t.null_or(t.attrs_of(t.bool)),
            OtherJobEnabled=t.null_or(t.attrs_of(t.bool)),
            Crashed=YES_NO,
            AfterInitialDemand=YES_NO,
        )
    )


class Inetd(Options):
    """The job as one of inetd."""

    locals().update(keys(Wait=t.null_or(t.either(t.bool, t.str))))


class MachService(Options):
    """A service of Mach."""

    locals().update(keys(ResetAtClose=YES_NO, HideUntilCheckIn=YES_NO))


class Socket(Options):
    """A socket."""

    locals().update(
        keys(
            SockType=t.null_or(t.enum("stream", "dgram", "seqpacket")),
            SockPassive=YES_NO,
            SockNodeName=TEXT,
            SockServiceName=TEXT,
            SockFamily=t.null_or(t.enum("IPv4", "IPv6")),
            SockProtocol=t.null_or(t.enum("TCP")),
            SockPathName=PATH,
            SecureSocketWithKey=TEXT,
            SockPathMode=NUMBER,
            Bonjour=t.null_or(t.either(t.bool, t.list_of(t.str))),
            MulticastGroup=TEXT,
        )
    )


class Interval(Options):
    """A time of the calendar."""

    locals().update(
        keys(
            Minute=t.null_or(t.between(0, 59)),
            Hour=t.null_or(t.between(0, 23)),
            Day=t.null_or(t.between(1, 31)),
            Weekday=t.null_or(t.between(0, 7)),
            Month=t.null_or(t.between(1, 12)),
        )
    )


INTERVAL = t.submodule(Interval)
UNIQUE = t.described(t.uniq(t.non_empty_list_of(INTERVAL)), "unique (non-empty (list of (submodule)))", class_="noun")


class Job(Options):
    """A job of launchd."""

    freeform = t.attrs_of(t.anything)
    Label = option(t.str, doc="The name by which launchd knows the job.")
    locals().update(
        keys(
            Disabled=YES_NO,
            UserName=TEXT,
            GroupName=TEXT,
            inetdCompatibility=t.null_or(t.submodule(Inetd)),
            LimitLoadToHosts=TEXTS,
            LimitLoadFromHosts=TEXTS,
            LimitLoadToSessionType=t.null_or(t.either(t.str, t.list_of(t.str))),
            Program=PATH,
            ProgramArguments=TEXTS,
            EnableGlobbing=YES_NO,
            EnableTransactions=YES_NO,
            OnDemand=YES_NO,
            KeepAlive=t.null_or(t.either(t.bool, t.submodule(KeepAlive))),
            RunAtLoad=YES_NO,
            RootDirectory=TEXT,
            WorkingDirectory=TEXT,
            EnvironmentVariables=t.null_or(t.attrs_of(t.str)),
            Umask=NUMBER,
            TimeOut=NUMBER,
            ExitTimeOut=NUMBER,
            ThrottleInterval=NUMBER,
            InitGroups=YES_NO,
            WatchPaths=t.null_or(t.list_of(t.path)),
            QueueDirectories=TEXTS,
            StartOnMount=YES_NO,
            StartInterval=NUMBER,
            StartCalendarInterval=t.null_or(t.either(INTERVAL, UNIQUE)),
            StandardInPath=PATH,
            StandardOutPath=PATH,
            StandardErrorPath=PATH,
            Debug=YES_NO,
            WaitForDebugger=YES_NO,
            SoftResourceLimits=t.null_or(t.submodule(Limits)),
            HardResourceLimits=t.null_or(t.submodule(Limits)),
            Nice=NUMBER,
            ProcessType=t.null_or(t.enum("Background", "Standard", "Adaptive", "Interactive")),
            AbandonProcessGroup=YES_NO,
            LowPriorityIO=YES_NO,
            LowPriorityBackgroundIO=YES_NO,
            LaunchOnlyOnce=YES_NO,
            LaunchEvents=t.null_or(t.attrs),
            ServiceIPC=YES_NO,
            SessionCreate=YES_NO,
            MachServices=t.null_or(t.attrs_of(t.either(t.bool, t.submodule(MachService)))),
            Sockets=t.null_or(t.attrs_of(t.submodule(Socket))),
        )
    )
