"""Functions below `config.lib`: `file.mkOutOfStoreSymlink`, and `nixGL`, which does nothing here."""

from home_manager.authoring import *


class ConfigurationLibrary(Module):
    """Functions for configurations"""

    namespace = ""

    @defines("lib")
    def functions(self):
        same = function("nixGL", lambda package: package)
        wrappers = dict.fromkeys(("mesa", "mesaPrime", "nvidia", "nvidiaPrime"), same)
        return {
            "file": {"mkOutOfStoreSymlink": function("mkOutOfStoreSymlink", self._link)},
            # The distribution's programs find its graphics drivers without being wrapped.
            "nixGL": {"wrap": same, "wrapOffload": same, "wrappers": wrappers},
        }

    def _link(self, path):
        target = formats.plain.to_string(path)
        return self._made("linkTo", store_name(target.rpartition("/")[2]), target)
