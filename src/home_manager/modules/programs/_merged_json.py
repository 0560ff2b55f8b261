"""Files of JSON that a program changes itself: the configuration is merged into them at a switch."""

from home_manager.authoring import *

SCRIPT = """\
(
  file={file}
  own={empty}
  if [[ -s $file ]] && ! own=$({json5} --as-json "$file"); then
    echo "$file is not JSON, so nothing can be added to it: mend it, or move it away" >&2
    exit 1
  fi
  given=$(< {given})
  merged=$({jq} -n {program} --argjson own "$own" --argjson given "$given")
  run mkdir -p "$(dirname "$file")"
  [[ -v DRY_RUN ]] || printf '%s\\n' "$merged" > "$file"
)
"""


def merging(self, name, file, program, value, empty="{}"):
    """A step of activation that takes a value up into a file of JSON that the program itself can change.

    `program` is one of jq that makes the new content of `$own` and `$given`; `empty` stands for a file that is not there.
    """
    script = SCRIPT.format(
        file=formats.shell.quote(file),
        empty=formats.shell.quote(empty),
        # Programs that people edit files of often allow comments in them.
        json5=exe(self.pkgs["python3Packages"]["json5"]),
        jq=exe(self.pkgs["jq"]),
        program=formats.shell.quote(program),
        given=self._made("writeText", f"{name}.json", formats.json.render(value)),
    )
    return {"data": script, "before": [], "after": ["linkGeneration"]}
