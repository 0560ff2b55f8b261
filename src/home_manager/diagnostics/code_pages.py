"""A code's page as text for a terminal."""

from __future__ import annotations

import re

from home_manager.diagnostics.codes import Page

_CODE = re.compile(r"`([^`]+)`")


def render_page(page: Page, *, colour: bool = False, width: int = 80) -> str:
    """The page with its paragraphs filled to `width` and its code blocks indented, as they are."""
    out = [f"\x1b[1m{page.code}: {page.title}\x1b[0m" if colour else f"{page.code}: {page.title}", ""]
    paragraph: list[str] = []
    fenced = False

    def flush() -> None:
        if paragraph:
            out.extend(_fill(" ".join(paragraph), width, colour))
            paragraph.clear()

    for line in page.body.split("\n"):
        if line.startswith("```"):
            flush()
            fenced = not fenced
        elif fenced:
            out.append(_dim("    " + line, colour) if line else "")
        elif line.startswith("    ") and not paragraph:
            out.append(_dim(line, colour))
        elif line.startswith("#"):
            flush()
            title = line.lstrip("#").strip()
            out.append(f"\x1b[1m{title}\x1b[0m" if colour else title)
        elif not line.strip():
            flush()
            if out[-1]:
                out.append("")
        else:
            if line.startswith(("- ", "* ")):
                flush()
            paragraph.append(line.strip())
    flush()
    return "\n".join(out).rstrip() + "\n"


def _dim(text: str, colour: bool) -> str:
    return f"\x1b[36m{text}\x1b[0m" if colour else text


def _fill(text: str, width: int, colour: bool) -> list[str]:
    import textwrap

    item = text.startswith(("- ", "* "))
    lines = textwrap.wrap(
        text,
        width=max(width, 20),
        subsequent_indent="  " if item else "",
        break_on_hyphens=False,
        break_long_words=False,
    )
    if not colour:
        return lines
    # A code span may be broken over two lines by the filling: colour only the whole ones.
    return [_CODE.sub(lambda match: f"\x1b[36m`{match[1]}`\x1b[0m", line) for line in lines]
