"""Ways to break a test that passes: its script's expectations, and the files that it looks at. Every mutant must fail."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable

from conformance_suites.home_manager.execution import Mutation

ARGUMENT = r"(?:\"[^\"]*\"|'[^']*'|\$\([^)]*\)|\S)+"


def joined(script: str) -> str:
    return script.replace("\\\n", " ")


def expected_content(script: str) -> str | None:
    """The first expected file of a script, but for those of all tests, with a byte more."""
    text = joined(script)
    pattern = rf"^(\s*)assertFileContent\s+(?!home-files/asserts)({ARGUMENT})\s+({ARGUMENT})\s*$"
    if not (found := re.search(pattern, text, re.M)):
        return None
    mutant = (
        f"{found[1]}cp {found[3]} $out/mutant; chmod u+w $out/mutant; printf x >> $out/mutant\n"
        f"{found[1]}assertFileContent {found[2]} $out/mutant"
    )
    return text[: found.start()] + mutant + text[found.end() :]


def another_assertion(wanted: str, other: str) -> Callable[[str], str | None]:
    def change(script: str) -> str | None:
        text = joined(script)
        found = re.search(rf"^\s*{wanted}\s", text, re.M)
        return found and text[: found.start()] + found[0].replace(wanted, other) + text[found.end() :]

    return change


def another_text(assertion: str) -> Callable[[str], str | None]:
    def change(script: str) -> str | None:
        text = joined(script)
        found = re.search(rf"^(\s*{assertion}\s+{ARGUMENT})\s+(.+)$", text, re.M)
        return found and f"{text[: found.start()]}{found[1]} 'no-such-text-anywhere'{text[found.end() :]}"

    return change


def _asserted(script: str, assertions: str) -> list[str]:
    pattern = rf"^\s*assertFile(?:{assertions})\s+\"?(?:\$TESTED/)?(home-(?:files|path)/[^\s\"$]+)"
    return [file for file in re.findall(pattern, joined(script), re.M) if "/asserts/" not in file]


def byte_more(tested: str, script: str) -> bool:
    """Whether a byte was added to a file whose content is asserted."""
    for file in _asserted(script, "Content"):
        path = os.path.join(tested, file)
        if os.path.isfile(path):
            os.chmod(path, 0o644)
            with open(path, "ab") as opened:
                opened.write(b"x")
            return True
    return False


def file_less(tested: str, script: str) -> bool:
    """Whether a file was removed that is asserted to be there."""
    for file in _asserted(script, "Exists|Content|Contains|Regex"):
        path = os.path.join(tested, file)
        if os.path.isfile(path):
            subprocess.run(["chmod", "-R", "u+w", tested], check=True)
            os.unlink(path)
            return True
    return False


MUTATIONS = {
    "expected content with a byte more": Mutation(script=expected_content),
    "assertFileExists becomes assertPathNotExists": Mutation(
        script=another_assertion("assertFileExists", "assertPathNotExists")
    ),
    "assertPathNotExists becomes assertFileExists": Mutation(
        script=another_assertion("assertPathNotExists", "assertFileExists")
    ),
    "assertFileContains another text": Mutation(script=another_text("assertFileContains")),
    "assertFileRegex another text": Mutation(script=another_text("assertFileRegex")),
    "assertFileNotRegex becomes assertFileRegex": Mutation(
        script=another_assertion("assertFileNotRegex", "assertFileRegex")
    ),
    "assertLinkExists becomes assertPathNotExists": Mutation(
        script=another_assertion("assertLinkExists", "assertPathNotExists")
    ),
    "our file with a byte more": Mutation(tree=byte_more),
    "our file removed": Mutation(tree=file_less),
}
