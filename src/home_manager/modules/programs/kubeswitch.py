from home_manager.authoring import *


class Kubeswitch(Program):
    """kubeswitch, which goes from context to context of Kubernetes"""

    commandName = option(t.str, default="kswitch", doc="The command that switches.")
    package = Package("kubeswitch")
    shells = ShellIntegration(
        bash=lambda self: self._sources("bash", "s/switch(/{name}(/"),
        zsh=lambda self: self._sources("zsh", "s/switch(/{name}(/"),
        fish=lambda self: self._sources("fish", "s/kubeswitch/{name}/"),
    )
    settings = Settings(
        formats.yaml,
        file=".kube/switch-config.yaml",
        below="home.file",
        example={
            "kind": "SwitchConfig",
            "kubeconfigName": "*.myconfig",
            "kubeconfigStores": [
                {"kind": "filesystem", "kubeconfigName": "*.myconfig", "paths": ["~/.kube/my-other-kubeconfigs/"]}
            ],
            "version": "v1alpha1",
        },
        doc="The settings of kubeswitch, see <https://github.com/danielfoehrKn/kubeswitch/blob/master/docs/kubeconfig_stores.md>.",
    )

    def _sources(self, shell, renaming):
        name = self.commandName
        files = f"$out/share/{name}"
        script = (
            "mkdir -p $out/share\n"
            f'switcher init {shell} | sed "{renaming.format(name=name)}" > "{files}_init.{shell}"\n'
            f'switcher --cmd "{name}" completion {shell} > "{files}_completion.{shell}"\n'
        )
        inputs = {"nativeBuildInputs": [self.package]}
        made = self._made("runCommand", f"kubeswitch-{name}-shell-files-for-{shell}", inputs, script)
        return "".join(f"source {made}/share/{name}_{part}.{shell}\n" for part in ("init", "completion"))
