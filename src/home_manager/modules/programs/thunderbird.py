from home_manager.authoring import *
from home_manager.modules.programs import _thunderbird_accounts as preferences
from home_manager.modules.programs._firefox_profile import EXTENSIONS
from home_manager.modules.programs._firefox_search import Search
from home_manager.modules.programs._mail import accounts, enabled

PREFERENCES = t.described(
    t.attrs_of(t.json), "Thunderbird preference (int, bool, string, and also attrs, list, float as a JSON string)"
)
SETTINGS = t.function_to(t.attrs_of(t.one_of(t.bool, t.int, t.str)))
CLIENT = "the Thunderbird mail client for this account"
OPTION_DEFAULT = 1500


def chosen_profiles():
    return option(
        t.list_of(t.str),
        default=[],
        example=["profile1", "profile2"],
        doc="The profiles that have the account; all of them where the list is empty.",
    )


def settings_of(what, example):
    return option(
        SETTINGS,
        default=lambda self: function("settings", lambda id: {}),
        default_text="_: { }",
        example=literal(example),
        doc=f"Further settings of {what}: a function of its id.",
    )


class Filter(Options):
    """A filter of mail."""

    name = option(t.str, doc="The name of the filter.")
    enabled = option(t.bool, default=True, doc="Whether the filter is used.")
    type = option(t.str, doc="When the filter runs: the number that Thunderbird writes for a filter of that kind.")
    action = option(t.str, doc="What is done with a mail.")
    actionValue = option(t.null_or(t.str), default=None, doc="What it is done with, such as a folder.")
    condition = option(t.str, doc="Which mails it is done with.")
    extraConfig = option(t.null_or(t.str), default=None, doc="Further lines of the filter.")
    text = option(t.null_or(t.str), default=None, doc="The lines of the filter, in place of all else.")


class MailAccount(Options):
    """Thunderbird for a mail account."""

    extends = "accounts.email.accounts.<name>.thunderbird"

    enable = enabled(CLIENT)
    profiles = chosen_profiles()
    settings = settings_of("the account", 'id: {\n  "mail.server.server_${id}.check_new_mail" = false;\n};\n')
    perIdentitySettings = settings_of(
        "each address of the account", 'id: {\n  "mail.identity.id_${id}.protectSubject" = false;\n};\n'
    )
    messageFilters = option(
        t.list_of(t.submodule(Filter)),
        default=[],
        example=[
            {
                "name": "Mark as Read on Archive",
                "enabled": True,
                "type": "128",
                "action": "Mark read",
                "condition": "ALL",
            }
        ],
        doc="Filters. Thunderbird has no list of what they can say; its own `msgFilterRules.dat` shows that.",
    )


class CalendarAccount(Options):
    """Thunderbird for calendars."""

    extends = "accounts.calendar.accounts.<name>.thunderbird"

    enable = enabled(CLIENT)
    profiles = chosen_profiles()
    readOnly = option(t.bool, default=False, doc="Whether Thunderbird only reads the calendar.")
    color = option(t.str, default="", example="#dc8add", doc="The color of the calendar.")
    settings = settings_of(
        "the calendar",
        'id: {\n  "calendar.registry.${id}.refreshInterval" = 5;\n  "calendar.registry.${id}.imip.identity.key" =\n'
        '    "id_${builtins.hashString "sha256" "my-awesome-account"}";\n};\n',
    )


class ContactAccount(Options):
    """Thunderbird for address books."""

    extends = "accounts.contact.accounts.<name>.thunderbird"

    enable = enabled(CLIENT)
    profiles = chosen_profiles()
    token = option(
        t.null_or(t.str),
        default=None,
        example="secret_token",
        doc="The token that Thunderbird made when the book was added by hand.",
    )


class Feed(Options):
    """An account of feeds."""

    name = option(
        t.str, default=lambda self: self._name, default_text='"‹name›"', read_only=True, doc="The name of the account."
    )


class ThunderbirdSearch(Search):
    """Search engines of Thunderbird."""

    def _app(self):
        return "Thunderbird", self["programs.thunderbird.package"]

    def _directory(self):
        return self._evaluation.prefix[3]


def in_order(what):
    return option(
        t.list_of(t.str),
        default=[],
        example=literal('[\n  "my-awesome-account"\n  "private"\n  "work"\n]\n'),
        doc=f"The names of {what} in their order; further ones follow in any order.",
    )


class Profile(Options):
    """A profile."""

    name = option(
        t.str, default=lambda self: self._name, default_text='"‹name›"', read_only=True, doc="The name of the profile."
    )
    isDefault = option(
        t.bool, default=False, example=True, doc="Whether Thunderbird starts with this profile; one must be."
    )
    feedAccounts = option(
        t.attrs_of(t.submodule(Feed)),
        default={},
        doc="Accounts of feeds, by name. The feeds themselves are added in Thunderbird.",
    )
    settings = option(
        PREFERENCES,
        default={},
        example={"mail.spellcheck.inline": False},
        doc="Preferences of the profile.",
    )
    accountsOrder = in_order("mail accounts, accounts of feeds and the local folders (`account1`)")
    calendarAccountsOrder = in_order("calendars")
    withExternalGnupg = option(
        t.bool,
        default=False,
        example=True,
        doc="Whether secret keys may be those of GnuPG, on a smart card for instance. Public keys stay with Thunderbird.",
    )
    userChrome = option(
        t.lines,
        default="",
        example="/* Hide tab bar in Thunderbird */\n#tabs-toolbar {\n  visibility: collapse !important;\n}\n",
        doc="Style sheet for the windows.",
    )
    userContent = option(
        t.lines,
        default="",
        example="/* Hide scrollbar on Thunderbird pages */\n*{scrollbar-width:none !important}\n",
        doc="Style sheet for pages.",
    )
    extraConfig = option(t.lines, default="", doc="Further lines of {file}`user.js`.")
    search = option(t.submodule(ThunderbirdSearch), default={}, doc="Search engines.")
    extensions = option(
        t.list_of(t.package),
        default=[],
        example=literal("[\n  pkgs.some-thunderbird-extension\n]\n"),
        doc="Packages of extensions. Thunderbird asks once before it uses them, unless the setting "
        "`extensions.autoDisableScopes` is 0.",
    )


class Thunderbird(Program):
    """Thunderbird"""

    package = Package("thunderbird", install=False, example="pkgs.thunderbird-91")
    finalPackage = option(t.package, read_only=True, doc="The package with the policies in it.")
    release = option(t.str, internal=True, doc="The release that language packs are taken from.")
    languagePacks = option(
        t.list_of(t.str),
        default=[],
        example=["en-GB", "de"],
        doc="Languages whose packs are installed, out of those at "
        "<https://releases.mozilla.org/pub/thunderbird/releases/>.",
    )
    policies = option(
        t.attrs_of(t.json),
        default={},
        example={
            "DisableTelemetry": True,
            "ExtensionSettings": {
                "addoncompatibility@opto.one": {
                    "install_url": "https://addons.thunderbird.net/thunderbird/downloads/latest/"
                    "addon-compatibility-check/latest.xpi",
                    "installation_mode": "normal_installed",
                }
            },
        },
        doc="Policies, see <https://thunderbird.github.io/policy-templates/>.",
    )
    profileVersion = option(
        t.null_or(t.unsigned),
        default=lambda self: None if self._is_on("darwin") else 2,
        default_text="2",
        internal=True,
        doc="The version of the list of profiles.",
    )
    nativeMessagingHosts = option(
        t.list_of(t.package), default=[], doc="Packages of programs that extensions of Thunderbird may talk to."
    )
    profiles = option(t.attrs_of(t.submodule(Profile)), doc="The profiles, by name.")
    settings = option(
        PREFERENCES,
        default={},
        example={"general.useragent.override": "", "privacy.donottrackheader.enabled": True},
        doc="Preferences of all profiles.",
    )
    darwinSetupWarning = option(t.bool, default=True, example=False, visible=False, doc="No longer used.")

    # The package

    @defines(".finalPackage")
    def changed_package(self):
        def changed(old):
            given = computed(computed(old).get("extraPolicies", {}))
            return {"extraPolicies": {**given, **self.policies}}

        return self._made(self.package["override"], function("change", changed)) if self.policies else self.package

    @defines(".release")
    def release_of_package(self):
        return override(OPTION_DEFAULT, str(computed(self.package["version"])).partition("-")[0])

    @defines(".policies", when=languagePacks)
    def language_packs(self):
        url = "https://releases.mozilla.org/pub/thunderbird/releases"
        extensions = {
            f"langpack-{language}@thunderbird.mozilla.org": {
                "installation_mode": "normal_installed",
                "install_url": f"{url}/{self.release}/linux-x86_64/xpi/{language}.xpi",
            }
            for language in self.languagePacks
        }
        return {"RequestedLocales": ",".join(self.languagePacks), "ExtensionSettings": extensions}

    @defines("home.packages")
    def installed(self):
        gpg = any(profile.withExternalGnupg for profile in self.profiles.values())
        return [self.finalPackage, *([self.pkgs["gpgme"]] if gpg else [])]

    @defines("mozilla.thunderbirdNativeMessagingHosts")
    def messaging(self):
        return [self.finalPackage, *self.nativeMessagingHosts]

    # Files

    def _directory(self):
        return "Library/Thunderbird" if self._is_on("darwin") else ".thunderbird"

    @defines("home.file")
    def list_of_profiles(self):
        below = "Profiles/" if self._is_on("darwin") else ""
        version = {} if self.profileVersion is None else {"Version": self.profileVersion}
        sections = {"General": {"StartWithLastProfile": 1, **version}}
        for number, profile in enumerate(self.profiles.values()):
            sections[f"Profile{number}"] = {
                "Name": profile.name,
                "Path": f"{below}{profile.name}",
                "IsRelative": 1,
                "Default": int(profile.isDefault),
            }
        if self.profiles:
            yield {f"{self._directory()}/profiles.ini": {"text": formats.ini.render(sections)}}

    @defines("home.file")
    def files_of_profiles(self):
        below = "/Profiles" if self._is_on("darwin") else ""
        for name, profile in self.profiles.items():
            directory = f"{self._directory()}{below}/{name}"
            for style in ("userChrome", "userContent"):
                if profile[style]:
                    yield {f"{directory}/chrome/{style}.css": {"text": profile[style]}}
            yield {f"{directory}/user.js": {"text": self._user_js(name, profile)}}
            if profile.search.enable:
                entry = {"source": profile.search.file, "force": profile.search.force}
                yield {f"{directory}/search.json.mozlz4": entry}
            if profile.extensions:
                joined = self._made("buildEnv", {"name": "hm-thunderbird-extensions", "paths": profile.extensions})
                yield {
                    f"{directory}/extensions": {"source": f"{joined}/{EXTENSIONS}", "recursive": True, "force": True}
                }
            for account in self._accounts("email", name):
                if account.thunderbird.messageFilters:
                    kind = "ImapMail" if account.ews is None else "Mail"
                    rules = map(preferences.filter_text, account.thunderbird.messageFilters)
                    file = f"{directory}/{kind}/{preferences.id_of(account)}/msgFilterRules.dat"
                    yield {file: {"text": 'version="9"\nlogging="no"\n' + "".join(rules)}}

    def _accounts(self, kind, profile=None):
        """The accounts of a kind that a profile has; those of all profiles without one."""
        return [
            account
            for account in accounts(self, "thunderbird", kind).values()
            if profile is None or not account.thunderbird.profiles or profile in account.thunderbird.profiles
        ]

    def _called(self, settings, id):
        """What a function gives for an id."""
        return seen(self._made(settings, id))

    def _user_js(self, name, profile):
        mail, calendars = self._accounts("email", name), self._accounts("calendar", name)
        feeds = list(profile.feedAccounts.values())
        found = dict(self.settings)
        if mail or feeds:
            by_name = {each.name: f"account_{preferences.id_of(each)}" for each in [*mail, *feeds]}
            # The local folders are `account1`; where they are left out, Thunderbird makes new ones each time.
            ids = preferences.ordered(profile.accountsOrder, by_name, ["account1"])
            found["mail.accountmanager.accounts"] = ",".join(ids)
        if calendars:
            by_name = {each.name: f"calendar_{preferences.id_of(each)}" for each in calendars}
            ids = preferences.ordered(profile.calendarAccountsOrder, by_name)
            found["calendar.list.sortOrder"] = " ".join(ids)
        servers = preferences.servers(mail)
        if servers:
            found["mail.smtpservers"] = ",".join(servers)
        found |= {"mail.openpgp.allow_external_gnupg": profile.withExternalGnupg, **profile.settings}
        for account in mail:
            found |= preferences.mail_preferences(self._called, account)
        for calendar in calendars:
            found |= preferences.calendar_preferences(self._called, calendar)
        for contact in self._accounts("contact", name):
            found |= preferences.contact_preferences(contact)
        for feed in feeds:
            found |= preferences.feed_preferences(feed)
        lines = "".join(
            f"user_pref({formats.json.string(key)}, {formats.json.compact(found[key])});\n" for key in sorted(found)
        )
        return f"// Generated by Home Manager.\n\n{lines}\n{profile.extraConfig}\n"

    # Checks

    @check
    def one_is_default(self):
        defaults = [profile.name for profile in self.profiles.values() if profile.isDefault]
        if self.profiles and len(defaults) != 1:
            names = f", namely {','.join(defaults)}" if defaults else ""
            yield f"Must have exactly one default Thunderbird profile but found {len(defaults)}{names}"

    @check
    def package_takes_policies(self):
        if self.policies and "override" not in self.package:
            yield (
                "'programs.thunderbird.policies' requires 'programs.thunderbird.package'\n"
                "to be a package that supports overriding wrapper arguments.\n"
            )

    @check
    def profiles_are_there(self):
        used = [
            name
            for kind in ("email", "calendar")
            for each in self._accounts(kind)
            for name in each.thunderbird.profiles
        ]
        if any(name not in self.profiles for name in used):
            yield (
                "Cannot enable an account for a non-declared profile. The declared profiles are "
                f"{','.join(self.profiles)}, but the used profiles are {','.join(used)}"
            )

    @check
    def servers_are_supported(self):
        for kind, type, what, advice in UNSUPPORTED:
            names = [each.name for each in self._accounts(kind) if each.remote is not None and each.remote.type == type]
            if names:
                directly = "" if type == "http" else "directly "
                yield (
                    f"'accounts.{kind}.accounts.<name>.remote.type = \"{type}\";' is not {directly}supported by "
                    f"Thunderbird, but declared for these {what}: {', '.join(names)}\n{advice}"
                )

    @warn
    def old_option(self):
        if not self.darwinSetupWarning:
            yield (
                "Using programs.thunderbird.darwinSetupWarning is deprecated and will be\n"
                "removed in the future. Thunderbird is now supported on Darwin.\n"
            )

    @warn
    def unknown_methods(self):
        for account in self._accounts("email"):
            for place, method in preferences.unknown_methods(account):
                yield (
                    f"programs.thunderbird: accounts.email.accounts.{place} uses authentication method\n"
                    f"'{method}', which Thunderbird does not support directly. Falling back\n"
                    "to password-based authentication.\n"
                )


UNSUPPORTED = (
    (
        "calendar",
        "google_calendar",
        "calendars",
        "To use google calendars in Thunderbird choose 'type = \"caldav\"' instead.\n"
        "The 'url' will be \"https://apidata.googleusercontent.com/caldav/v2/ID/events/\", replace ID with the "
        '"Calendar ID".\nThe ID can be found in the Google Calendar web app: Settings > Settings for my calendars > '
        'scroll to "Integrate calendar" > copy the "Calendar ID".\n',
    ),
    (
        "contact",
        "google_contacts",
        "address books",
        "To use google address books in Thunderbird choose 'type = \"caldav\"' instead.\nThe 'url' will be something "
        'like "https://www.googleapis.com/carddav/v1/principals/[YOUR-MAIL-ADDRESS]/lists/default/".\n'
        "To get the exact URL, add the address book to Thunderbird manually and copy the URL from the "
        '"Advanced Preferences" section.\n',
    ),
    ("contact", "http", "address books", "Use a calendar of 'type = \"caldav\"' instead.\n"),
)
"""Kinds of servers that Thunderbird does not read from, and what to use."""
