from home_manager.authoring import *


class Kubecolor(Program):
    """kubecolor, colours for kubectl"""

    package = Package("kubecolor")
    enableAlias = option(
        t.bool, default=False, doc="Whether `kubectl`, and `oc` where OpenShift is installed, are kubecolor."
    )
    shells = ShellIntegration(zsh="compdef kubecolor=kubectl")
    settings = Settings(
        formats.yaml,
        file=lambda self: self._target(),
        below="home.file",
        example={"preset": "dark", "paging": "auto"},
        doc="The settings of kubecolor, see <https://kubecolor.github.io/reference/config/>.",
    )
    variables = Variables(KUBECOLOR_CONFIG=lambda self: self._target(), when=lambda self: self._in_xdg())

    def _in_xdg(self):
        return self["home.preferXdgDirectories"] and self["xdg.enable"]

    def _target(self):
        return f"{self['xdg.configHome']}/kubecolor.yaml" if self._in_xdg() else ".kube/color.yaml"

    @defines("home.shellAliases", when=enableAlias)
    def aliases(self):
        kubecolor, openshift = exe(self.package), self.pkgs.get("openshift")
        yield {"kubectl": kubecolor}
        if openshift is not None and str(openshift) in [str(package) for package in self["home.packages"]]:
            yield {"oc": f"env KUBECTL_COMMAND={exe(openshift)} {kubecolor}"}
