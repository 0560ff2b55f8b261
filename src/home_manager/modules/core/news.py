"""`news`: what has changed, told once to whom it concerns."""

from hashlib import sha256

from home_manager.authoring import *


class Entry(Options):
    """One piece of news."""

    id = option(
        t.str, internal=True, doc="What tells this entry from others; made from the message where it is not given."
    )
    time = option(
        t.str,
        internal=True,
        example="2017-07-10T21:55:04+00:00",
        doc="When it was written, as ISO 8601 in UTC (ending in `+00:00`).",
    )
    condition = option(t.unspecified, default=True, internal=True, doc="Whether it concerns this configuration.")
    message = option(t.str, internal=True, doc="The text.")

    @defines(".id")
    def from_message(self):
        return default(sha256(self.message.encode()).hexdigest())


class NewsJson(Options):
    """The news as a file."""

    output = option(
        t.package,
        default=lambda self: self._file_of_news(),
        default_text="",
        internal=True,
        doc="The file with all entries.",
    )

    def _file_of_news(self):
        entries = [
            {name: entry[name] for name in ("condition", "id", "message", "time")} for entry in self["news.entries"]
        ]
        text = formats.json.render({"display": self["news.display"], "entries": entries})
        return self._made("writeText", "hm-news.json", text)


class News(Module):
    """News"""

    namespace = "news"

    display = option(
        t.enum("silent", "notify", "show"),
        default="notify",
        doc="What a build or switch does about news that you have not read: nothing, say how many there are, or show them.",
    )
    entries = option(t.list_of(t.submodule(Entry)), default=[], internal=True, doc="All news.")
    json = group(NewsJson)
