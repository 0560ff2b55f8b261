from home_manager.authoring import *

EXCHANGE = "https://outlook.office365.com/EWS/Exchange.asmx"
OUTLOOK = {
    "davmail.oauth.clientId": "d3590ed6-52b3-4102-aeff-aad2292ab01c",
    "davmail.oauth.redirectUri": "urn:ietf:wg:oauth:2.0:oob",
}
"""By what Outlook tells who it is."""


class Davmail(Service):
    """DavMail, an MS Exchange gateway"""

    package = Package("davmail")
    imitateOutlook = option(t.bool, default=False, example=True, doc="Whether DavMail says that it is Outlook.")
    settings = option(
        t.described(
            t.attrs_of(t.one_of(t.str, t.package, t.bool, t.int, t.float)),
            "attribute set of (string, package, bool, int or float)",
        ),
        default={},
        example={"davmail.url": EXCHANGE, "davmail.allowRemote": True, "davmail.imapPort": 55555},
        doc="Settings, see <http://davmail.sourceforge.net/serversetup.html> and "
        "<http://davmail.sourceforge.net/advanced.html>.",
    )

    @defines(".settings")
    def usual(self):
        state = self["xdg.stateHome"]
        values = {
            "davmail.server": True,
            "davmail.disableUpdateCheck": True,
            "davmail.logFilePath": f"{state}/davmail.log",
            "davmail.logFileSize": "1MB",
            "davmail.mode": "auto",
            "davmail.url": EXCHANGE,
            "davmail.caldavPort": 1080,
            "davmail.imapPort": 1143,
            "davmail.ldapPort": 1389,
            "davmail.popPort": 1110,
            "davmail.smtpPort": 1025,
            # Else DavMail would write tokens into its configuration, which it cannot.
            "davmail.oauth.tokenFilePath": f"{state}/davmail-tokens",
            "log4j.logger.davmail": "WARN",
            "log4j.logger.httpclient.wire": "WARN",
            "log4j.logger.org.apache.commons.httpclient": "WARN",
            "log4j.rootLogger": "WARN",
        }
        yield {name: default(value) for name, value in values.items()}
        if self.imitateOutlook:
            yield OUTLOOK

    def _command(self):
        file = self._made("writeText", "davmail.properties", formats.java_properties.render(self.settings))
        return f"{exe(self.package)} {file}"

    gateway = UserUnit(
        _command,
        description="DavMail POP/IMAP/SMTP Exchange Gateway",
        after=["graphical-session.target", "network.target"],
        wanted_by=["graphical-session.target"],
        restart="on-failure",
        service={
            "Type": "exec",
            "CapabilityBoundingSet": [""],
            "DeviceAllow": [""],
            "LockPersonality": True,
            "NoNewPrivileges": True,
            "PrivateDevices": True,
            "PrivateTmp": True,
            "PrivateUsers": True,
            "ProtectClock": True,
            "ProtectControlGroups": True,
            "ProtectSystem": "strict",
            "ProtectHostname": True,
            "ProtectKernelLogs": True,
            "ProtectKernelModules": True,
            "ProtectKernelTunables": True,
            "ProtectProc": "invisible",
            "RemoveIPC": True,
            "RestrictAddressFamilies": ["AF_INET", "AF_INET6", "AF_UNIX"],
            "RestrictNamespaces": True,
            "RestrictRealtime": True,
            "RestrictSUIDSGID": True,
            "SystemCallArchitectures": "native",
            "SystemCallFilter": "@system-service",
            "SystemCallErrorNumber": "EPERM",
            "UMask": "0077",
        },
    )
