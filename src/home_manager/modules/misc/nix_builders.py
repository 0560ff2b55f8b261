"""`nix.buildMachines`: other machines that build for Nix."""

from home_manager.authoring import *


class Machine(Options):
    """A machine that builds."""

    hostName = option(t.str, example="nixbuilder.example.org", doc="The machine, by its name in the network.")
    protocol = option(t.enum(None, "ssh", "ssh-ng"), default="ssh", example="ssh-ng", doc="How Nix speaks to it.")
    systems = option(
        t.list_of(t.str), default=[], example=["x86_64-linux", "aarch64-linux"], doc="The platforms that it builds for."
    )
    sshUser = option(
        t.null_or(t.str), default=None, example="builder", doc="The user to log in as; `null` for that of SSH."
    )
    sshKey = option(
        t.null_or(t.str),
        default=None,
        example="/root/.ssh/id_buildhost_builduser",
        doc="The file of the key to log in with.",
    )
    maxJobs = option(t.int, default=1, doc="How many builds it runs at a time.")
    speedFactor = option(t.int, default=1, doc="How fast it is, compared with the others.")
    mandatoryFeatures = option(
        t.list_of(t.str), default=[], example=["big-parallel"], doc="Features that a build must ask for to go there."
    )
    supportedFeatures = option(
        t.list_of(t.str), default=[], example=["kvm", "big-parallel"], doc="Features that a build may ask for."
    )
    publicHostKey = option(
        t.null_or(t.str), default=None, doc="The key of the machine in base64; `null` trusts what SSH knows."
    )


def line(machine) -> str:
    """A machine as a line of the file."""
    supported = [*machine.supportedFeatures, *machine.mandatoryFeatures]
    protocol = "" if machine.protocol is None else f"{machine.protocol}://"
    user = "" if machine.sshUser is None else f"{machine.sshUser}@"
    fields = (
        f"{protocol}{user}{machine.hostName}",
        ",".join(machine.systems),
        machine.sshKey or "-",
        str(machine.maxJobs),
        str(machine.speedFactor),
        ",".join(supported) or "-",
        ",".join(machine.mandatoryFeatures) or "-",
        machine.publicHostKey or "-",
    )
    return " ".join(fields) + "\n"


class Builders(Module):
    """Machines that build"""

    namespace = "nix"
    by_mention = True

    buildMachines = option(
        t.list_of(t.submodule(Machine)), default=[], doc="The machines that build when `nix.distributedBuilds` is on."
    )
    distributedBuilds = option(t.bool, default=False, doc="Whether other machines build.")

    @defines("xdg.configFile", when=lambda self: self["nix.enable"] and self.buildMachines)
    def machines(self):
        return {"nix/machines": {"text": "".join(line(machine) for machine in self.buildMachines)}}

    @defines("nix.settings", when=lambda self: self["nix.enable"] and self.distributedBuilds)
    def builders(self):
        return {"builders": f"@{self['xdg.configHome']}/nix/machines"}
