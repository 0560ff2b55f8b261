"""The preferences by which Thunderbird knows accounts of mail, calendars, contacts and feeds."""

from hashlib import sha256

from home_manager.authoring import *

METHODS = {
    "anonymous": 1,
    "clear": 3,
    "cram_md5": 4,
    "digest_md5": 4,
    "gssapi": 5,
    "login": 3,
    "ntlm": 6,
    "plain": 3,
    "xoauth2": 10,
}
"""Thunderbird's numbers of the ways to log in."""

PASSWORD = 3
OAUTH = 10
OAUTH_FLAVORS = ("gmail.com", "outlook.office365.com")
LOCAL_BOOK, CARDDAV_BOOK = 101, 102


def identifier(name):
    return sha256(str(name).encode()).hexdigest()


def id_of(account):
    return identifier(account.name)


def id_within(account, alias):
    """The id of an address of an account: its own address goes by the account's."""
    if isinstance(alias, str):
        return id_of(account) if alias == account.address else identifier(alias)
    return identifier(alias.address + alias.realName)


def method(authentication):
    return METHODS.get(authentication, PASSWORD)


def encryption(tls):
    return 0 if not tls.enable else 2 if tls.useStartTls else 3


def below(prefix, values):
    return {f"{prefix}.{name}": value for name, value in values.items()}


def smtp_preferences(id, smtp, user):
    values = {
        "authMethod": method(smtp.authentication),
        "hostname": smtp.host,
        "port": 587 if smtp.port is None else smtp.port,
        "try_ssl": encryption(smtp.tls),
        "username": user,
    }
    return below(f"mail.smtpserver.smtp_{id}", values)


def server_preferences(id, server, account, values):
    """How mail is read: by IMAP, or from an Exchange server."""
    values = {
        "hostname": server.host,
        "login_at_startup": True,
        "name": account.name,
        "socketType": encryption(server.tls),
        "userName": account.userName,
        **values,
    }
    if server.authentication is not None:
        values["authMethod"] = method(server.authentication)
    return below(f"mail.server.server_{id}", values)


def exchange_preferences(id, account):
    ews = account.ews
    sending = {
        "auth_method": method(ews.authentication),
        "description": account.name,
        "ews_url": ews.serviceDescriptionURL,
        "key": f"ews_{id}",
        "username": account.userName,
    }
    reading = {
        "directory-rel": f"[ProfD]Mail/{id}",
        "ews_url": ews.serviceDescriptionURL,
        "port": 443,
        "type": "ews",
    }
    return {
        f"mail.smtpserver.ews_{id}.type": "ews",
        **below(f"mail.outgoingserver.ews_{id}", sending),
        **server_preferences(id, ews, account, reading),
    }


def identity_preferences(call, account, alias):
    """One address that mail is sent from."""
    id, own = id_within(account, alias), account if isinstance(alias, str) else alias
    signature, gpg = own.signature, own.gpg
    values = {
        "fullName": own.realName,
        "useremail": alias if isinstance(alias, str) else alias.address,
        "valid": True,
        "htmlSigText": "" if signature.showSignature == "none" else signature.text,
    }
    if signature.htmlFormat:
        values["htmlSigFormat"] = True
    if gpg is not None:
        values |= {
            "attachPgpKey": False,
            "autoEncryptDrafts": True,
            "e2etechpref": 0,
            "encryptionpolicy": 2 if gpg.encryptByDefault else 0,
            "is_gnupg_key_id": True,
            "last_entered_external_gnupg_key_id": gpg.key,
            "openpgp_key_id": gpg.key,
            "protectSubject": True,
            "sign_mail": gpg.signByDefault,
        }
    if own.smtp is not None:
        values["smtpServer"] = f"smtp_{id_of(account) if isinstance(alias, str) else id}"
    elif account.ews is not None:
        values["smtpServer"] = f"ews_{id_of(account)}"
    return {**below(f"mail.identity.id_{id}", values), **call(account.thunderbird.perIdentitySettings, id)}


def mail_preferences(call, account):
    """A mail account; `call` calls the functions that give further settings."""
    id, imap, smtp = id_of(account), account.imap, account.smtp
    addresses = [account.address, *account.aliases]
    found = {
        f"mail.account.account_{id}.identities": ",".join(f"id_{id_within(account, each)}" for each in addresses),
        f"mail.account.account_{id}.server": f"server_{id}",
    }
    if account.primary:
        found["mail.accountmanager.defaultaccount"] = f"account_{id}"
    if imap is not None:
        port = 143 if imap.port is None else imap.port
        reading = {"directory-rel": f"[ProfD]ImapMail/{id}", "port": port, "type": "imap"}
        found |= server_preferences(id, imap, account, reading)
    if smtp is not None:
        found |= smtp_preferences(id, smtp, account.userName)
    if account.ews is not None:
        found |= exchange_preferences(id, account)
    for alias in account.aliases:
        if not isinstance(alias, str) and alias.smtp is not None:
            found |= smtp_preferences(id_within(account, alias), alias.smtp, alias.userName)
    if account.primary and (smtp is not None or account.ews is not None):
        found["mail.smtp.defaultserver"] = f"ews_{id}" if smtp is None else f"smtp_{id}"
    for address in addresses:
        found |= identity_preferences(call, account, address)
    return {**found, **of_provider(id, account), **call(account.thunderbird.settings, id)}


def of_provider(id, account):
    """What is peculiar about a provider."""
    found: dict[str, object] = {}
    if account.flavor in OAUTH_FLAVORS:
        if account.smtp is not None and account.smtp.authentication is None:
            found[f"mail.smtpserver.smtp_{id}.authMethod"] = OAUTH
        if account.imap is not None and account.imap.authentication is None:
            found[f"mail.server.server_{id}.authMethod"] = OAUTH
    if account.flavor == "gmail.com":
        found[f"mail.server.server_{id}.is_gmail"] = True
    return found


def calendar_preferences(call, calendar):
    id, remote, own = id_of(calendar), calendar.remote, calendar.thunderbird
    values = {"name": calendar.name, "calendar-main-in-composite": True, "cache.enabled": True}
    if remote is None:
        values |= {"type": "storage", "uri": "moz-storage-calendar://"}
    else:
        kind = "ics" if remote.type == "http" else remote.type
        values |= {"type": kind, "uri": remote.url, "username": remote.userName}
    if calendar.primary:
        values["calendar-main-default"] = True
    if own.readOnly:
        values["readOnly"] = True
    if own.color:
        values["color"] = own.color
    return {**below(f"calendar.registry.calendar_{id}", values), **call(own.settings, id)}


def contact_preferences(contact):
    id, remote = id_of(contact), contact.remote
    # Without the name of a file, books from a server do not work.
    values = {"description": contact.name, "filename": f"contact_{id}.sqlite"}
    if remote is None:
        values["dirType"] = LOCAL_BOOK
    elif remote.type == "carddav":
        values |= {
            "dirType": CARDDAV_BOOK,
            "carddav.url": remote.url,
            "carddav.username": remote.userName,
            "carddav.token": contact.thunderbird.token,
        }
    return below(f"ldap_2.servers.contact_{id}", {key: value for key, value in values.items() if value is not None})


def feed_preferences(feed):
    id = id_of(feed)
    values = {
        "name": feed.name,
        "type": "rss",
        "directory-rel": f"[ProfD]Mail/Feeds-{id}",
        "hostname": f"Feeds-{id}",
    }
    return {f"mail.account.account_{id}.server": f"server_{id}", **below(f"mail.server.server_{id}", values)}


def ordered(wanted, by_name, rest=()):
    """Ids in the order of a list of names, then those that it leaves out."""
    first = [by_name.get(name, name) for name in wanted]
    return first + [id for id in [*(by_name[name] for name in sorted(by_name)), *rest] if id not in first]


def servers(accounts):
    """The ids of all servers that mail is sent by."""
    by_smtp = [id_of(account) for account in accounts if account.smtp is not None]
    by_smtp += [
        id_within(account, alias)
        for account in accounts
        for alias in account.aliases
        if not isinstance(alias, str) and alias.smtp is not None
    ]
    return [f"smtp_{id}" for id in by_smtp] + [f"ews_{id_of(each)}" for each in accounts if each.ews is not None]


def unknown_methods(account):
    """The places in an account that name a way to log in which Thunderbird does not have."""
    places = {name: account[name] for name in ("imap", "smtp", "ews")}
    for alias in account.aliases:
        if not isinstance(alias, str) and alias.smtp is not None and alias.smtp != account.smtp:
            places[f"aliases.{alias.address}.smtp"] = alias.smtp
    for place, server in places.items():
        if server is not None and server.authentication is not None and server.authentication not in METHODS:
            yield f"{account.name}.{place}", server.authentication


def filter_text(rule):
    if rule.text is not None:
        return rule.text
    value = "" if rule.actionValue is None else f'actionValue="{rule.actionValue}"\n'
    return (
        f'name="{rule.name}"\nenabled="{"yes" if rule.enabled else "no"}"\ntype="{rule.type}"\n'
        f'action="{rule.action}"\n{value}condition="{rule.condition}"\n{rule.extraConfig or ""}'
    )
