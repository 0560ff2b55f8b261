from home_manager.authoring import *

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ULIDS = f"A ULID has 26 characters out of `{ALPHABET}`."


class DesktopEntry(Options):
    """The desktop entry of a site."""

    enable = option(
        t.bool,
        default=lambda self: self._is_on("linux"),
        default_text='"true if host platform is Linux"',
        doc="Whether the site has a desktop entry.",
    )
    icon = option(
        t.null_or(t.either(t.str, t.path)),
        default=None,
        example=literal(
            'pkgs.fetchurl {\n  url = "https://developer.mozilla.org/favicon-192x192.png";\n'
            '  sha256 = "0p8zgf2ba48l2pq1gjcffwzmd9kfmj9qc0v7zpwf2qd54fndifxr";\n}\n'
        ),
        doc="The icon in menus.",
    )
    categories = option(t.null_or(t.list_of(t.str)), default=None, doc="The categories of menus that show it.")


class Site(Options):
    """A site."""

    name = option(
        t.str,
        default=lambda self: self._name,
        default_text='"‹name›"',
        example="MDN Web Docs",
        doc="The name of the site.",
    )
    url = option(t.str, example="https://developer.mozilla.org/", doc="The address that it starts with.")
    manifestUrl = option(
        t.str,
        example="https://developer.mozilla.org/manifest.f42880861b394dd4dc9b.json",
        doc="The address of its web app manifest.",
    )
    desktopEntry = group(DesktopEntry)
    settings = option(
        t.json,
        default={},
        example={"config": {"manifest_url": "https://developer.mozilla.org/manifest.f42880861b394dd4dc9b.json"}},
        doc="Settings of the site: the fields of `Site` in firefoxpwa's `site.rs`.",
    )

    @defines(".settings")
    def implied(self):
        return {
            "ulid": self._name,
            "profile": self._evaluation.prefix[3],
            "config": {"name": self.name, "document_url": self.url, "manifest_url": self.manifestUrl},
            "manifest": {"name": self.name, "start_url": self.url},
        }


class Profile(Options):
    """A profile."""

    name = option(t.str, default=lambda self: self._name, default_text='"‹name›"', doc="The name of the profile.")
    sites = option(
        t.attrs_of(t.submodule(Site)), default={}, doc=f"Sites by ULID, which no two profiles share. {ULIDS}"
    )
    settings = option(t.json, default={}, doc="Settings of the profile: the fields of `Profile` in `profile.rs`.")

    @defines(".settings")
    def implied(self):
        return {"ulid": self._name, "name": self.name, "sites": list(self.sites)}


class Firefoxpwa(Program):
    """Progressive Web Apps for Firefox"""

    package = Package("firefoxpwa", nullable=True)
    settings = option(t.json, default={}, doc="What `config.json` holds: the fields of `Storage` in `storage.rs`.")
    profiles = option(
        t.attrs_of(t.submodule(Profile)),
        default={},
        example=literal(
            '{\n  "0123456789ABCDEFGHJKMNPQRSTVWXYZ".sites."ZYXWVTSRQPNMKJHGFEDCBA9876543210" = {\n'
            '    name = "MDN Web Docs";\n    url = "https://developer.mozilla.org/";\n'
            '    manifestUrl = "https://developer.mozilla.org/manifest.f42880861b394dd4dc9b.json";\n  };\n}\n'
        ),
        doc=f"Profiles by ULID. {ULIDS}",
    )

    def _sites(self):
        return {name: site for profile in self.profiles.values() for name, site in profile.sites.items()}

    @check
    def ulids_are_valid(self):
        yield from ulid_problems("profiles", self.profiles)
        for name, profile in self.profiles.items():
            yield from ulid_problems(f"profiles.{formats.plain.attribute_path('', name)}.sites", profile.sites)
        for name in sorted(self._sites()):
            found = [profile for profile in self.profiles if name in self.profiles[profile].sites]
            if len(found) > 1:
                names = ", ".join(f"'{profile}'" for profile in found)
                yield (
                    f"Site with ULID '{name}' must be present in exactly one profile, but is present\n"
                    f"in {len(found)} profiles, namely {names}.\n"
                )

    @defines(".settings")
    def collected(self):
        return {
            "profiles": {name: profile.settings for name, profile in self.profiles.items()},
            "sites": {name: site.settings for name, site in self._sites().items()},
        }

    @config_file("firefoxpwa/config.json", below="xdg.dataFile", when=settings)
    def file(self):
        return formats.json.compact(self.settings)

    @defines("xdg.desktopEntries")
    def entries(self):
        for name, site in self._sites().items():
            if site.desktopEntry.enable:
                yield {
                    f"FFPWA-{name}": {
                        "name": site.settings["manifest"]["name"],
                        "icon": site.desktopEntry.icon,
                        "categories": site.desktopEntry.categories,
                        "exec": f"firefoxpwa site launch {name} --protocol %u",
                        "terminal": False,
                    }
                }


def ulid_problems(path, names):
    for name in names:
        if len(name) != 26:
            yield (
                f"ULID '{name}' at 'programs.firefoxpwa.{path}' must be 26 characters, but is\n"
                f"{len(name)} characters long.\n"
            )
        wrong = "".join(letter for letter in name if letter not in ALPHABET)
        if wrong:
            yield (
                f"ULID '{name}' at 'programs.firefoxpwa.profiles' must only contain characters\n"
                f"'{ALPHABET}', but contains '{wrong}'.\n"
            )
