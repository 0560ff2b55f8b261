"""`wrapFirefox`: Firefox, or a browser that is made from it, with policies and preferences of its own.

Such a browser looks for policies beside its program, behind all links. So the wrapped package is a tree of links with
copies of the programs, and the policies beside those. A package that is only a link to the machine's program gets a
program that starts it, if nothing that lies beside it is wanted.
"""

from __future__ import annotations

from collections.abc import Mapping

from home_manager.formats import json
from home_manager.nix.evaluation import call
from home_manager.packages.builders import Builders, shell_text
from home_manager.packages.reference import UNKNOWN_VERSION, Package, exe
from home_manager.values import Attrs, Builtin, Function, Value
from home_manager.values.lazy import force

ARGUMENTS = ("cfg", "extraPolicies", "extraPrefs", "libName", "nativeMessagingHosts", "pkcs11Modules", "pname")
"""What `override` of a wrapped browser takes; that `cfg` is among it tells that policies can be added."""

WITHOUT_POLICY = (("NoDefaultBookmarks", False),)
"""Policies that a browser follows unless told otherwise."""

AUTOCONFIG = """\
pref("general.config.filename", "mozilla.cfg");
pref("general.config.obscure_value", 0);
"""


def wrap_firefox(make: Builders, browser: Value, arguments: Value) -> Package:
    """The package that `wrapFirefox browser arguments` makes."""
    package, given = force(browser), force(arguments)
    assert isinstance(package, dict) and isinstance(given, dict)

    def text(key: str, fallback: Value) -> str:
        return make.text_of(given.get(key, fallback))

    program = exe(package).rpartition("/")[2]
    name = text("pname", package.get("pname", package["name"])).removesuffix("-unwrapped")
    extra = _set(given.get("extraPolicies"))
    policies = {"DisableAppUpdate": True, **extra}
    beside = [name for name, value in extra.items() if (name, force(value)) not in WITHOUT_POLICY]
    hosts = [
        *make.paths_of(given.get("nativeMessagingHosts", [])),
        *make.paths_of(given.get("pkcs11Modules", [])),
    ]
    meta = Attrs({**_set(package.get("meta")), "mainProgram": program})
    application = make.text_of(package.get("applicationName", name.capitalize()))
    environment: dict[str, Value] = {
        "browser": make.text_of(package),
        "libName": text("libName", package.get("libName", name)),
        "policies": json.render(Attrs({"policies": Attrs(policies)})),
        "beside": ", ".join(beside),
        "extraPrefs": text("extraPrefs", ""),
        "autoconfig": AUTOCONFIG,
        "program": program,
        "application": application if make.system.endswith("-darwin") else "",
        "hosts": " ".join(hosts),
        "meta": meta,
    }
    attributes: dict[str, Value] = {
        "override": wrapper_override(make, package, given),
        "unwrapped": package,
        "meta": meta,
        "pname": name,
        "version": package.get("version", UNKNOWN_VERSION),
    }
    version = make.text_of(attributes["version"])
    whole = name if version in ("", UNKNOWN_VERSION) else f"{name}-{version}"
    return make.command(whole, shell_text("wrap_firefox.bash"), environment, attributes=attributes)


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
