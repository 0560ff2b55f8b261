"""`wrapFirefox`: Firefox, or a browser that is made from it, with policies and preferences of its own.

Such a browser looks for policies beside its program, behind all links. So the wrapped package is a tree of links with
copies of the programs, and the policies beside those.
"""

from __future__ import annotations

from collections.abc import Mapping

from home_manager.formats import json
from home_manager.nix.evaluation import call
from home_manager.packages.builders import Builders
from home_manager.packages.reference import Package, exe
from home_manager.values import Attrs, Builtin, Function, Value
from home_manager.values.lazy import force

ARGUMENTS = ("cfg", "extraPolicies", "extraPrefs", "libName", "nativeMessagingHosts", "pkcs11Modules", "pname")
"""What `override` of a wrapped browser takes; that `cfg` is among it tells that policies can be added."""

AUTOCONFIG = """\
pref("general.config.filename", "mozilla.cfg");
pref("general.config.obscure_value", 0);
"""

BUILD = """\
from=$browser/lib/$libName
for file in "$browser"/lib/*/application.ini; do
  if [[ ! -d $from && -f $file ]]; then from=${file%/application.ini}; fi
done
if [[ ! -d $from ]]; then
  echo "wrapFirefox: $browser has no directory lib/$libName, and no application.ini in another" >&2
  exit 1
fi
from=$(readlink -f "$from")
to=$out/lib/$libName
mkdir -p "$out/bin" "$out/lib"
cp -rs "$from" "$to"
chmod -R u+w "$to"
for file in "$to"/*; do
  # What a program links to is where it looks for the rest.
  if [[ -f $file && -x $file ]]; then cp --remove-destination "$(readlink -f "$file")" "$file"; fi
done
own() {
  # A directory to write to: where the browser has a link to one, what is in that is linked instead.
  local from
  if [[ -L $1 ]]; then
    from=$(readlink -f "$1")
    rm "$1"
    mkdir "$1"
    find "$from" -mindepth 1 -maxdepth 1 -exec ln -s {} "$1/" \\;
  fi
  mkdir -p "$1"
}
own "$to/distribution"
rm -f "$to/distribution/policies.json"
printf '%s' "$policies" > "$to/distribution/policies.json"
if [[ -n $extraPrefs ]]; then
  own "$to/defaults"
  own "$to/defaults/pref"
  printf '%s' "$autoconfig" > "$to/defaults/pref/autoconfig.js"
  printf '// The first line is not read.\\n%s\\n' "$extraPrefs" > "$to/mozilla.cfg"
fi
for package in $hosts; do
  for kind in native-messaging-hosts pkcs11-modules; do
    [[ -d $package/lib/mozilla/$kind ]] || continue
    mkdir -p "$out/lib/mozilla/$kind"
    ln -sf "$package/lib/mozilla/$kind"/* "$out/lib/mozilla/$kind/"
  done
done
if [[ -d $browser/share ]]; then ln -s "$browser/share" "$out/share"; fi
program=$to/$name
[[ -x $program ]] || program=$to/$(basename "$from")
[[ -x $program ]] || program=$browser/bin/$name
makeWrapper "$program" "$out/bin/$name" --set MOZ_APP_LAUNCHER "$name" --set MOZ_LEGACY_PROFILES 1 \\
  --set MOZ_ALLOW_DOWNGRADE 1
"""


def wrap_firefox(make: Builders, browser: Value, arguments: Value) -> Package:
    """The package that `wrapFirefox browser arguments` makes."""
    package, given = force(browser), force(arguments)
    assert isinstance(package, dict) and isinstance(given, dict)

    def text(key: str, fallback: Value) -> str:
        return make.text_of(given.get(key, fallback))

    program = exe(package).rpartition("/")[2]
    name = text("pname", package.get("pname", package["name"])).removesuffix("-unwrapped")
    policies = {"DisableAppUpdate": True, **_set(given.get("extraPolicies"))}
    hosts = [
        *make.paths_of(given.get("nativeMessagingHosts", [])),
        *make.paths_of(given.get("pkcs11Modules", [])),
    ]
    meta = Attrs({**_set(package.get("meta")), "mainProgram": program})
    environment: dict[str, Value] = {
        "browser": make.text_of(package),
        "libName": text("libName", package.get("libName", name)),
        "policies": json.render(Attrs({"policies": Attrs(policies)})),
        "extraPrefs": text("extraPrefs", ""),
        "autoconfig": AUTOCONFIG,
        "hosts": " ".join(hosts),
        "meta": meta,
    }
    attributes: dict[str, Value] = {
        "override": wrapper_override(make, package, given),
        "unwrapped": package,
        "meta": meta,
        "pname": name,
        "version": package.get("version", "unknown"),
    }
    script = f"name={program}\n{BUILD}"
    return make.command(f"{name}-{make.text_of(attributes['version'])}", script, environment, attributes=attributes)


def wrapper_override(make: Builders, browser: Value, given: Mapping[str, Value]) -> Value:
    """`override` of a browser that was wrapped with arguments: wraps it with others."""

    def again(_: Value, change: Value) -> Package:
        wanted = force(change)
        if isinstance(wanted, Function):
            wanted = force(call(wanted, Attrs(given)))
        assert isinstance(wanted, dict)
        return wrap_firefox(make, browser, Attrs({**given, **wanted}))

    arguments = Attrs(dict.fromkeys(ARGUMENTS, True))
    return Attrs({"__functor": Builtin("override", 2, again), "__functionArgs": arguments})


def _set(value: Value) -> Mapping[str, Value]:
    found = force(value)
    return found if isinstance(found, dict) else {}
