"""Texts that are not Nix: what was probably meant."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from home_manager.diagnostics import Diagnostic, Label, Source, Span
from home_manager.nix.syntax.lexer import Tokens, tokenize

OPENING = {"{": "}", "[": "]", "(": ")", "${": "}"}
CLOSING = frozenset(OPENING.values())
WITHOUT_EFFECT = re.compile(r"\s*(#[^\n]*)?")


def advise(diagnostic: Diagnostic) -> Diagnostic:
    """A syntax error with its cause pointed at and a fix, where either is known."""
    span = diagnostic.span
    if span is None:
        return diagnostic
    source = span.source
    text = _Text(source, tokenize(source.text))
    at = text.token_at(span.start)
    message = diagnostic.message
    if "unexpected end of file" in message or (at > 0 and text.kind(at) in CLOSING and "';'" not in message):
        return text.unclosed(diagnostic) or diagnostic
    if "unexpected ','" in message:
        return text.comma(diagnostic, at)
    if "unexpected ':'" in message:
        return text.colon(diagnostic, at)
    if "expecting '.' or '='" in message:
        return text.without_value(diagnostic, at)
    if "unexpected ';'" in message and at and text.kind(at - 1) == "=":
        label = Label(span, "a value is missing before this")
        return replace(diagnostic, labels=(label,), hints=(*diagnostic.hints, "write a value between `=` and `;`"))
    if "expecting end of file" in message:
        return text.after_the_end(diagnostic, at)
    if "unexpected '='" in message and text.enclosing(at) == "[":
        label = Label(span, "a list has values in it, not definitions")
        hint = "put the definitions of an entry in braces: [ { name = …; } ]"
        return replace(diagnostic, labels=(label,), hints=(*diagnostic.hints, hint))
    if "expecting ';'" in message:
        return text.semicolon(diagnostic, at)
    if "already defined at" in message:
        labels = [Label(span, "defined again here")]
        for each in diagnostic.labels[1:]:
            labels.append(Label(text.path_from(each.span), each.text))
        message = diagnostic.message.partition(" already defined at ")[0] + " already defined"
        return replace(diagnostic, message=message, labels=tuple(labels), hints=("keep one of the two",))
    return diagnostic


@dataclass(frozen=True, slots=True)
class _Text:
    source: Source
    tokens: Tokens

    def kind(self, at: int) -> str:
        return self.tokens.kinds[at]

    def token_at(self, start: int) -> int:
        """The token that begins at an offset."""
        starts = self.tokens.starts
        return next((index for index, each in enumerate(starts) if each >= start), len(starts) - 1)

    def written(self, at: int) -> str:
        return self.source.text[self.tokens.starts[at] : self.tokens.ends[at]]

    def span(self, at: int) -> Span:
        return Span(self.source, self.tokens.starts[at], max(self.tokens.ends[at], self.tokens.starts[at] + 1))

    def line(self, at: int) -> int:
        return self.source.position(self.tokens.starts[at])[0]

    def path_from(self, span: Span) -> Span:
        """The attribute path that begins where a span does."""
        at = self.token_at(span.start)
        last = at
        while last < len(self.tokens.kinds) - 1 and self.kind(last) not in ("=", ";", "}", "END"):
            last += 1
        return Span(self.source, span.start, self.tokens.ends[max(at, last - 1)])

    def enclosing(self, at: int) -> str:
        """The bracket that a token stands in."""
        stack: list[str] = []
        for kind in self.tokens.kinds[:at]:
            if kind in OPENING:
                stack.append(kind)
            elif kind in CLOSING and stack:
                stack.pop()
        return stack[-1] if stack else ""

    def comma(self, diagnostic: Diagnostic, at: int) -> Diagnostic:
        inside = self.enclosing(at)
        if inside == "[":
            said, fix = "entries of a list are separated by spaces alone", self._list_without_commas(at)
        else:
            line, column = self.source.position(self.tokens.starts[at])
            before = self.source.line(line)[: column - 1].strip()
            said, fix = "a definition ends with `;`", f"write `;` in place of `,`: {before};"
        label = Label(self.span(at), said)
        return replace(diagnostic, labels=(label,), hints=(*diagnostic.hints, fix))

    def _list_without_commas(self, at: int) -> str:
        first = at
        while first > 0 and self.kind(first) != "[":
            first -= 1
        last = at
        while last < len(self.tokens.kinds) - 1 and self.kind(last) != "]":
            last += 1
        text = self.source.text[self.tokens.starts[first] : self.tokens.ends[last]]
        if "\n" in text or len(text) > 70 or self.kind(last) != "]":
            return "remove the commas"
        return f"remove the commas: {re.sub(r',[ ]*', ' ', text)}"

    def colon(self, diagnostic: Diagnostic, at: int) -> Diagnostic:
        first = at - 1
        while first > 1 and self.kind(first - 1) == ".":
            first -= 2
        name = self.source.text[self.tokens.starts[first] : self.tokens.ends[at - 1]]
        bare = name[1:-1] if re.fullmatch(r'"[A-Za-z_][A-Za-z0-9_-]*"', name) else name
        label = Label(self.span(at), "a value is given with `=`")
        fix = f"write `=` in place of `:`, and `;` at the end: {bare} = …;"
        return replace(diagnostic, labels=(label,), hints=(*diagnostic.hints, fix))

    def without_value(self, diagnostic: Diagnostic, at: int) -> Diagnostic:
        """A name in a set that no `=` follows."""
        first = at - 1
        while first > 1 and self.kind(first - 1) == ".":
            first -= 2
        name = self.source.text[self.tokens.starts[first] : self.tokens.ends[at - 1]]
        if self.kind(at) in (";", "}", "END") or self.line(at) != self.line(at - 1):
            place = Span(self.source, self.tokens.starts[first], self.tokens.ends[at - 1])
            label, hint = Label(place, "this name is given no value"), f"give it one: {name} = …;"
        else:
            value = self.written(at) if self.kind(at) in ("ID", "STRING", "INT", "FLOAT") else "…"
            label, hint = Label(self.span(at), "a `=` is missing before this"), f"write this: {name} = {value};"
        return replace(diagnostic, labels=(label,), hints=(*diagnostic.hints, hint))

    def after_the_end(self, diagnostic: Diagnostic, at: int) -> Diagnostic:
        """Something behind the expression that a file consists of."""
        if self.kind(at) == "=":
            label, hint = "no `{` stands before this definition", "put the definitions of a file in braces: { … }"
        elif self.kind(at) in CLOSING:
            label, hint = (
                f"nothing is open that this `{self.kind(at)}` could close",
                "delete it, or look what it closes",
            )
        else:
            return diagnostic
        return replace(diagnostic, labels=(Label(self.span(at), label),), hints=(*diagnostic.hints, hint))

    def semicolon(self, diagnostic: Diagnostic, at: int) -> Diagnostic:
        """The `;` that is missing belongs after the last token of the line before, or before this very one."""
        before = at - 1
        if self.kind(at) == "=":
            # What stands before the `=` was read as part of the value: the definition begins on this line.
            while before > 0 and self.line(before) == self.line(at):
                before -= 1
        if before < 1 or (self.kind(at) == "=" and self.line(before) == self.line(at)):
            return diagnostic
        place = self.tokens.ends[before]
        first = Label(Span(self.source, place - 1, place), "a `;` is missing after this")
        number = self.source.position(place)[0]
        line = self.source.line(number)
        column = self.source.position(place)[1] - 1
        hints = diagnostic.hints
        if WITHOUT_EFFECT.fullmatch(line[column:]):
            hints = (*hints, f"end the definition with `;`: {line[:column].strip()};")
        return replace(diagnostic, labels=(first, Label(self.span(at), "expected before this")), hints=hints)

    def unclosed(self, diagnostic: Diagnostic) -> Diagnostic | None:
        """A bracket or quote without its other half, by the indentation of the lines that they stand on."""
        string = self._open_string()
        if string is not None:
            return replace(diagnostic, labels=(string,), hints=(*diagnostic.hints, 'close the string with `"`'))
        found = self._open_bracket()
        if found is None:
            return None
        opening, closing = found
        bracket = self.kind(opening)
        other = OPENING[bracket]
        labels = [Label(self.span(opening), f"this `{bracket}` is never closed")]
        if closing is not None:
            labels.append(Label(self.span(closing), f"this `{other}` closes it, but is indented like an outer one"))
            labels[0] = Label(self.span(opening), f"this `{bracket}` is not closed where its lines end")
        end = f"{other};" if bracket == "{" and self.kind(opening - 1) == "=" else other
        hint = f"write `{end}` after the last line that belongs to it"
        return replace(diagnostic, labels=tuple(labels), hints=(*diagnostic.hints, hint))

    def _open_string(self) -> Label | None:
        """The first string in single quotes that goes over several lines: seldom on purpose."""
        tokens = self.tokens
        for at, kind in enumerate(tokens.kinds):
            if kind not in ("STRING", '"'):
                continue
            last = at
            if kind == '"':
                while last < len(tokens.kinds) - 1 and tokens.kinds[last] not in ("CLOSE", "END"):
                    last += 1
            if tokens.kinds[last] == "END" or "\n" in self.source.text[tokens.starts[at] : tokens.ends[last]]:
                start = tokens.starts[at]
                end = self.source.text.find("\n", start)
                upto = len(self.source.text) if end < 0 else end
                return Label(Span(self.source, start, upto), "this string is not closed on its line")
        return None

    def _open_bracket(self) -> tuple[int, int | None] | None:
        """An opening bracket, and the closing one that was taken for its own where another was meant."""
        stack: list[int] = []
        for at, kind in enumerate(self.tokens.kinds):
            if kind in OPENING:
                stack.append(at)
            elif kind in CLOSING and stack:
                opening = stack.pop()
                line = self.source.line(self.line(at))
                if (
                    self.line(opening) != self.line(at)
                    and not line[: len(line) - len(line.lstrip())].strip()
                    and line.lstrip().startswith(kind)
                    and self._indent(at) < self._indent(opening)
                ):
                    return opening, at
        return (stack[-1], None) if stack else None

    def _indent(self, at: int) -> int:
        line = self.source.line(self.line(at))
        return len(line) - len(line.lstrip())
