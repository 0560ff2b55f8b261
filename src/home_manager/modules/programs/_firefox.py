"""What Firefox and the browsers that are made from it have in common."""

from typing import Any, ClassVar

from home_manager.authoring import *
from home_manager.modules.programs._firefox_profile import (
    EXTENSIONS,
    LARGEST_CONTAINER,
    duplicates,
    problems,
    profile_class,
    profile_files,
)

OPTION_DEFAULT = 1500
"""The priority of a default that an option itself has."""


class GlobalExtension(Options):
    """An extension for all profiles."""

    package = option(t.package, doc="The package of the extension.")
    settings = option(t.attrs_of(t.json), default={}, doc="What the policy `ExtensionSettings` says about it.")


def package_option(name):
    return Package(
        name,
        nullable=True,
        install=False,
        example=f"pkgs.{name}.override {{\n  nativeMessagingHosts = [\n    pkgs.tridactyl-native\n  ];\n}}\n",
        extra="With `null` nothing is installed, and the files are written all the same.",
    )


def profiles_option(app, **more):
    return option(
        t.attrs_of(t.submodule(profile_class(app))), default={}, doc=f"The profiles of {app}, by name.", **more
    )


def internal_text(what, type=t.str, **more):
    return option(type, internal=True, doc=what, **more)


def directory_option(linux, darwin, *, linux_text=None, example=".mozilla/firefox"):
    return internal_text(
        "The directory of the configuration, below the home.",
        default=lambda self: darwin if self._is_on("darwin") else linux(self) if callable(linux) else linux,
        default_text=linux_text,
        example=example,
    )


class _Browser(Program):
    """Firefox, or a browser that is made from it."""

    app: ClassVar[str]
    hosts: ClassVar[str] = "firefox"
    package: Any
    profiles: Any
    configPath: Any
    darwinDefaultsId: Any

    release = internal_text("The release that language packs are taken from.")
    globalExtensions = option(
        t.list_of(t.one_of(t.package, t.submodule(GlobalExtension))),
        default=[],
        example=literal(
            "with pkgs.nur.repos.rycee.firefox-addons; [\n  privacy-badger\n  {\n    package = ublock-origin;\n"
            "    settings = {\n      private_browsing = true;\n    };\n  }\n]\n"
        ),
        doc="Packages of extensions that a policy installs and switches on, in all profiles. A package must have an "
        "attribute `addonId`.",
    )
    languagePacks = option(
        t.list_of(t.str),
        default=[],
        example=["en-GB", "de"],
        doc="Languages whose packs are installed, out of those at <https://releases.mozilla.org/pub/firefox/releases/>. "
        "`release` says of which release.",
    )
    profilesPath = internal_text(
        "The directory of the profiles, below the home.",
        default=lambda self: f"{self.configPath}/Profiles" if self._is_on("darwin") else self.configPath,
    )
    vendorPath = internal_text(
        "No longer used.",
        t.null_or(t.str),
        default=None,
        default_text="platform specific vendor path",
        example=".mozilla",
    )
    nativeMessagingHosts = option(
        t.list_of(t.package), default=[], doc="Packages of programs that extensions of the browser may talk to."
    )
    finalPackage = option(t.null_or(t.package), read_only=True, doc="The package with all that is configured in it.")
    policies = option(
        t.attrs_of(t.json),
        default={},
        example={
            "DefaultDownloadDirectory": "${home}/Downloads",
            "BlockAboutConfig": True,
            "ExtensionSettings": {
                "uBlock0@raymondhill.net": {
                    "install_url": "https://addons.mozilla.org/firefox/downloads/latest/ublock-origin/latest.xpi",
                    "installation_mode": "force_installed",
                    "default_area": "menupanel",
                    "private_browsing": True,
                }
            },
        },
        doc="Policies, see <https://mozilla.github.io/policy-templates/>.",
    )
    profileVersion = internal_text(
        "The version of the list of profiles.",
        t.null_or(t.unsigned),
        default=lambda self: None if self._is_on("darwin") else 2,
        default_text="2",
    )
    enableGnomeExtensions = option(
        t.bool, default=False, doc="Whether the browser can manage extensions of GNOME Shell; deprecated."
    )
    pkcs11Modules = option(t.list_of(t.package), default=[], doc="Packages of PKCS #11 modules that are loaded.")

    def _path(self):
        return ".".join(self._base)

    # The package

    @defines(".finalPackage")
    def changed_package(self):
        if self.package is None or not self._is_changed():
            yield self.package
        elif "cfg" in self._made(self.pkgs["lib"]["functionArgs"], self.package["override"]):
            yield self._made(self.package["override"], function("change", self._changed))
        else:
            yield self._made("wrapFirefox", self.package, self._changed({}))

    def _is_changed(self):
        # Only a wrapped browser starts with the profile that is the default here; others make one of their own.
        return self.profiles or self.policies or self.pkcs11Modules or self.enableGnomeExtensions

    def _changed(self, old):
        """The arguments of the wrapper, with what is configured here."""
        return {
            "cfg": {**computed(old.get("cfg", {})), "enableGnomeExtensions": self.enableGnomeExtensions},
            "extraPolicies": {**computed(old.get("extraPolicies", {})), **self.policies},
            "pkcs11Modules": [*computed(old.get("pkcs11Modules", [])), *self.pkcs11Modules],
        }

    @defines("home.packages")
    def installed(self):
        return [] if self.finalPackage is None else [self.finalPackage]

    @defines(".release", when=lambda self: self.package is not None)
    def release_of_package(self):
        return override(OPTION_DEFAULT, str(computed(self.package["version"])).partition("-")[0])

    # Policies

    @defines(".policies")
    def implied_policies(self):
        if any(profile.bookmarks.enable for profile in self.profiles.values()):
            yield {"NoDefaultBookmarks": False}
        url = "https://releases.mozilla.org/pub/firefox/releases"
        settings = {
            f"langpack-{language}@firefox.mozilla.org": {
                "installation_mode": "normal_installed",
                "install_url": f"{url}/{self.release}/linux-x86_64/xpi/{language}.xpi",
            }
            for language in self.languagePacks
        }
        for package, more in self._extensions():
            if "addonId" in package:
                file = f"{package}/{EXTENSIONS}/{package['addonId']}.xpi"
                entry = {"installation_mode": "force_installed", "install_url": f"file://{file}", **more}
                settings[package["addonId"]] = entry
        if settings:
            yield {"ExtensionSettings": settings}

    def _extensions(self):
        for each in self.globalExtensions:
            yield (each, {}) if each.get("type") == "derivation" else (each["package"], each.get("settings", {}))

    @defines("targets.darwin.defaults")
    def darwin_policies(self):
        if self._is_on("darwin") and self.darwinDefaultsId is not None:
            yield {self.darwinDefaultsId: {"EnterprisePoliciesEnabled": True, **self.policies}}

    # Files

    @defines("home.file")
    def files(self):
        if self.profiles:
            yield {f"{self.configPath}/profiles.ini": {"text": self._profiles_ini()}}
        for profile in self.profiles.values():
            yield from profile_files(self, f"{self.profilesPath}/{profile.path}", profile)

    def _profiles_ini(self):
        below = "Profiles/" if self._is_on("darwin") else ""
        version = {} if self.profileVersion is None else {"Version": self.profileVersion}
        sections = {"General": {"StartWithLastProfile": 1, **version}}
        for profile in self.profiles.values():
            sections[f"Profile{profile.id}"] = {
                "Name": profile.name,
                "Path": f"{below}{profile.path}",
                "IsRelative": 1,
                "Default": int(profile.isDefault),
                **({} if profile.storeId is None else {"StoreID": profile.storeId}),
            }
        return formats.ini.render(sections)

    @defines("mozilla")
    def messaging(self):
        package = [] if self.finalPackage is None else [self.finalPackage]
        return {f"{self.hosts}NativeMessagingHosts": [*self.nativeMessagingHosts, *package]}

    # Checks

    @check
    def profiles_fit(self):
        defaults = [profile.name for profile in self.profiles.values() if profile.isDefault]
        if self.profiles and len(defaults) != 1:
            names = f", namely {', '.join(defaults)}" if defaults else ""
            yield f"Must have exactly one default {self.app} profile but found {len(defaults)}{names}"
        containers = [each.id for profile in self.profiles.values() for each in profile.containers.values()]
        if any(not 0 < id <= LARGEST_CONTAINER for id in containers):
            yield f"Container id must be between 1 and {LARGEST_CONTAINER}"
        by_id: dict[str, list[str]] = {}
        by_store_id: dict[str, list[str]] = {}
        for name, profile in self.profiles.items():
            by_id.setdefault(str(profile.id), []).append(name)
            if profile.storeId is not None:
                by_store_id.setdefault(profile.storeId, []).append(name)
        yield from duplicates(f"a {self.app} profile with an existing ID", "ID", by_id)
        for text in duplicates(f"duplicate {self.app} profile StoreIDs:", "StoreID", by_store_id):
            yield text.replace(" but\n", "\n") + "\n"
        for name, profile in self.profiles.items():
            yield from problems(self.app, (*self._base, "profiles", name), profile)

    @defines("assertions")
    def conditions_of_profiles(self):
        for profile in self.profiles.values():
            yield [*profile.assertions, *profile.bookmarks.assertions]

    @check
    def package_is_there(self):
        path = self._path()
        if self.package is not None:
            pass
        elif self.languagePacks:
            yield f"'{path}.languagePacks' requires '{path}.package'\nto be set to a non-null value.\n"
        elif self.globalExtensions and not (self._is_on("darwin") and self.darwinDefaultsId is not None):
            yield (
                f"'{path}.globalExtensions' requires '{path}.package' to be set to a non-null value unless "
                f"'{path}.darwinDefaultsId' is set on Darwin."
            )
        if any("addonId" not in package for package, _ in self._extensions()):
            yield f"{path}.globalExtensions requires each package to expose addonId in passthru."

    # Warnings

    @defines("warnings")
    def warnings_of_profiles(self):
        for profile in self.profiles.values():
            yield [*profile.warnings, *profile.bookmarks.warnings]

    @warn
    def deprecated(self):
        path = self._path()
        if self.enableGnomeExtensions:
            yield (
                f"Using '{path}.enableGnomeExtensions' has been deprecated and\nwill be removed in the future. Please "
                f"change to overriding the package\nconfiguration using '{path}.package' instead. You can refer to\n"
                "its example for how to do this.\n"
            )
        if self.vendorPath is not None:
            yield (
                f"Using '{path}.vendorPath' has been deprecated and\nwill be removed in the future. Native messaging "
                "hosts will function normally without specifying this path.\n"
            )
        for name, profile in self.profiles.items():
            kind = profile.bookmarks["_legacySettings"]
            if kind is not None:
                place = f"{path}.profiles.{name}.bookmarks"
                example = "[ ... ]" if kind == "a list" else "{ ... }"
                yield (
                    f"Using `{place}` as {kind} is deprecated and will be\nremoved in a future release. Please use "
                    f"`{place}.settings` with `{place}.force = true` instead.\n\n"
                    "Set `force = true` to acknowledge replacing existing custom bookmarks.\n\n"
                    f"Replace:\n  {place} = {example};\n\nWith:\n  {place} = {{\n    force = true;\n"
                    f"    settings = {example};\n  }};\n\n"
                )
