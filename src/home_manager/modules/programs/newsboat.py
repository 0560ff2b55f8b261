from home_manager.authoring import *
from home_manager.modules.programs._mail import enabled, yes_no


class Feed(Options):
    """A feed."""

    url = option(t.str, example="http://example.com", doc="The address.")
    tags = option(t.list_of(t.str), default=[], example=["foo", "bar"], doc="Tags.")
    title = option(t.null_or(t.str), default=None, example="ORF News", doc="The title, in place of the feed's own.")


def timer(what, frequency, example):
    class Timer(Options):
        """Something that is done now and then."""

        enable = enabled(what)
        onCalendar = option(
            t.str, default=frequency, example=example, doc="How often, as in {manpage}`systemd.time(7)`."
        )

    return group(Timer)


def number(what, default):
    return option(t.int, default=default, doc=what)


def quoted(text):
    return '"' + text.replace('"', '\\"') + '"'


class Newsboat(Program):
    """the Newsboat feed reader"""

    package = Package("newsboat", nullable=True)
    urls = option(
        t.list_of(t.submodule(Feed)),
        default=[],
        example=[{"url": "http://example.com", "tags": ["foo", "bar"]}],
        doc="The feeds. Without any, newsboat's own file of feeds is left alone.",
    )
    maxItems = number("How many articles of a feed are kept; 0 for all.", 0)
    reloadThreads = number("How many feeds are fetched at the same time.", 5)
    autoReload = option(t.bool, default=False, doc="Whether newsboat fetches feeds while it runs.")
    reloadTime = option(t.null_or(t.int), default=60, doc="How many minutes later it does so again.")
    browser = option(
        t.str,
        default=lambda self: f"{self.pkgs['xdg-utils']}/bin/xdg-open",
        default_text="${pkgs.xdg-utils}/bin/xdg-open",
        doc="The browser that opens links.",
    )
    queries = option(
        t.attrs_of(t.str), default={}, example={"foo": 'rssurl =~ "example.com"'}, doc="Feeds of what a search finds."
    )
    extraConfig = option(t.lines, default="", doc="Further lines of the configuration.")
    autoFetchArticles = timer("automatic article fetcher timer", "daily", "weekly")
    autoVacuum = timer("automatic cleaning of the newsboat cache", "weekly", "monthly")

    @check
    def feeds_and_package_are_there(self):
        if self.queries and not self.urls:
            yield ("Cannot specify queries if urls is empty. Unset queries if you\nwant to manage urls imperatively.\n")
        if self.package is None and self.autoFetchArticles.enable:
            yield "Cannot fetch articles if package is unset.\n"
        if self.package is None and self.autoVacuum.enable:
            yield "Cannot clean newsboat cache if package is unset.\n"

    def _feeds(self):
        feeds = [
            " ".join(
                [
                    each.url,
                    *(f'"{tag}"' for tag in each.tags),
                    *([f'"~{each.title}"'] if each.title is not None else []),
                ]
            )
            for each in self.urls
        ]
        queries = [f'"query:{name}:' + quoted(query)[1:] for name, query in self.queries.items()]
        lines = [*queries, *feeds] if self._state_at_least("20.03") else [*feeds, *queries]
        return "\n".join(lines) + "\n"

    def _configuration(self):
        reload = "" if self.reloadTime is None else f"reload-time {self.reloadTime}"
        return (
            f"max-items {self.maxItems}\nbrowser {self.browser}\nreload-threads {self.reloadThreads}\n"
            f"auto-reload {yes_no(self.autoReload)}\n{reload}\nprepopulate-query-feeds yes\n\n{self.extraConfig}\n"
        )

    @defines("home.file")
    def files(self):
        directory = f"{self['xdg.configHome']}/newsboat" if self._state_at_least("21.05") else ".newsboat"
        if self.urls:
            yield {f"{directory}/urls": {"text": self._feeds()}}
        yield {f"{directory}/config": {"text": self._configuration()}}

    def _timers(self):
        """The names of what is done now and then: what it is called, its options, and the flag that does it."""
        tasks = (
            (
                "newsboat-fetch-articles",
                "Automatic Newsboat Article Fetcher",
                self.autoFetchArticles,
                "--execute=reload",
            ),
            ("newsboat-vacuum", "Automatic Newsboat Cache Cleaner", self.autoVacuum, "--vacuum"),
        )
        for name, title, own, flag in tasks:
            if own.enable and self.package is not None:
                yield name, {"Description": title, "Documentation": ["man:newsboat(1)"]}, own.onCalendar, flag

    @defines("systemd.user.services")
    def services(self):
        for name, unit, _, flag in self._timers():
            service = {
                "Type": "oneshot",
                "Slice": "background.slice",
                "CPUSchedulingPolicy": "idle",
                "IOSchedulingClass": "idle",
                "RuntimeDirectory": "newsboat",
                # Newsboat runs once at a time.
                "ExecStart": f"{exe(self.pkgs['flock'])} %t/newsboat.lock {exe(self.package)} {flag}",
            }
            yield {name: {"Unit": unit, "Service": service}}

    @defines("systemd.user.timers")
    def timers(self):
        for name, unit, frequency, flag in self._timers():
            network = {"After": ["network.target"]} if flag == "--execute=reload" else {}
            timer = {"Unit": f"{name}.service", "OnCalendar": frequency, "Persistent": True}
            yield {name: {"Unit": {**unit, **network}, "Timer": timer, "Install": {"WantedBy": ["timers.target"]}}}
