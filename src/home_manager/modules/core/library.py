"""Functions below `config.lib`: `file.mkOutOfStoreSymlink`, and `nixGL`, which does nothing here."""

from __future__ import annotations

from typing import Any

from home_manager.authoring import Module, defines, formats
from home_manager.authoring.values import function, store_name


class ConfigurationLibrary(Module):
    """Functions for configurations"""

    namespace = ""

    @defines("lib")
    def functions(self) -> Any:
        same = function("nixGL", lambda package: package)
        wrappers = dict.fromkeys(("mesa", "mesaPrime", "nvidia", "nvidiaPrime"), same)
        return {
            "file": {"mkOutOfStoreSymlink": function("mkOutOfStoreSymlink", self._link)},
            # The distribution's programs find its graphics drivers without being wrapped.
            "nixGL": {"wrap": same, "wrapOffload": same, "wrappers": wrappers},
        }

    def _link(self, path: Any) -> Any:
        target = formats.plain.to_string(path)
        return self._made("linkTo", store_name(target.rpartition("/")[2]), target)
