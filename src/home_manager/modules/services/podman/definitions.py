"""Containers, builds, images, networks and volumes, and the quadlets that they are."""

from typing import Any

from home_manager.authoring import *
from home_manager.modules.services.podman.quadlets import (
    MANAGED,
    SECTIONS,
    UIDMAP,
    VALUES,
    joined,
    referred,
    started,
)


def given(doc, type=t.str, **more):
    return option(t.null_or(type), default=None, doc=doc, **more)


def texts(doc, **more):
    return option(t.list_of(t.str), default=[], doc=doc, **more)


def switch(doc, default=True):
    return option(t.bool, default=default, doc=doc)


def further(example):
    return option(
        SECTIONS,
        default={},
        example=example,
        doc="Further sections and settings of the quadlet, see {manpage}`podman-systemd.unit(5)`.",
    )


def arguments(command, example):
    return texts(f"Further arguments of `{command}`.", example=example)


def labels(what):
    return option(
        t.attrs_of(t.str), default={}, example={"app": "myapp", "some-label": "somelabel"}, doc=f"Labels of the {what}."
    )


def variables(what):
    return option(
        VALUES, default={}, example={"VAR1": "0:100", "VAR2": True, "VAR3": 5}, doc=f"Variables of the {what}."
    )


def described(what):
    return option(
        t.null_or(t.str),
        default=lambda self: f"Service for {what} {self._name}",
        default_text=f'"Service for {what} \\${{name}}"',
        example=f"My {what.capitalize()}",
        doc="The description of the unit.",
    )


IDENTITY = t.either(t.int, t.str)
CAPABILITIES = ["CAP_DAC_OVERRIDE", "CAP_IPC_OWNER"]


class Container(Options):
    """A container"""

    addCapabilities = texts("Capabilities that it has beside the usual ones.", example=CAPABILITIES)
    autoStart = switch("Whether it starts at login.")
    autoUpdate = option(
        t.enum(None, "registry", "local"),
        default=None,
        example="registry",
        doc="Where `podman auto-update` looks for newer images.",
    )
    description = given("The description of the unit.", example="My Container")
    devices = texts("Devices of the host that it sees.", example=["/dev/<host>:/dev/<container>"])
    dropCapabilities = texts("Capabilities that it does not have.", example=CAPABILITIES)
    entrypoint = given("What runs in place of the image's entry point.", example="/foo.sh")
    environment = variables("container")
    environmentFile = texts("Files with variables.", example=["/etc/environment", "/etc/other-env"])
    exec = given("The command after the entry point.", example="sleep inf")
    extraPodmanArgs = arguments("podman run", ["--security-opt=no-new-privileges", "--security-opt=seccomp=unconfined"])
    extraConfig = further({"Container": {"User": 1000}, "Service": {"TimeoutStartSec": 15}})
    group = given("The group inside.", IDENTITY)
    image = option(
        t.str,
        example="registry.access.redhat.com/ubi9-minimal:latest",
        doc="The image; `NAME.image` and `NAME.build` are those of the configuration.",
    )
    ip4 = given("The IPv4 address.")
    ip6 = given("The IPv6 address.")
    labels = labels("container")
    network = option(
        t.either(t.str, t.list_of(t.str)),
        default=[],
        apply=lambda value: [value] if isinstance(value, str) else value,
        example=["host"],
        doc="Networks; `NAME.network` is one of the configuration.",
    )
    networkAlias = texts("Names within the networks.", example=["mycontainer", "web"])
    ports = texts("Ports of the host that lead to ports inside.", example=["8080:80", "8443:443"])
    userNS = given("The namespace of users.")
    user = given("The user inside.", IDENTITY)
    volumes = texts(
        "What is mounted inside; `NAME.volume` is one of the configuration.",
        example=["/tmp:/tmp", "/var/run/test.secret:/etc/secret:ro"],
    )


class Build(Options):
    """An image that is built here"""

    autoStart = switch("Whether it is built at login.")
    authFile = given("The file with credentials for registries.", t.path)
    description = described("build")
    environment = variables("build")
    extraConfig = further({"Build": {"Arch": "aarch64"}, "Service": {"TimeoutStartSec": 15}})
    extraPodmanArgs = arguments("podman build", ["--retries 5"])
    file = option(
        t.str, example="https://example.org/my-img/Containerfile", doc="The Containerfile: a path or an address."
    )
    tags = texts("Further tags of the image.")
    labels = labels("image")
    tlsVerify = switch("Whether certificates of registries have to be right.")
    workingDirectory = given("The directory of the build.", t.path)


class Image(Options):
    """An image that is fetched"""

    autoStart = switch("Whether it is fetched at login.")
    authFile = given("The file with credentials for registries.", t.path)
    certDir = given("The directory with certificates for registries.", t.path)
    decryptionKeyFile = given("The key of an encrypted image.", t.path)
    description = described("image")
    extraConfig = further({"Image": {"ContainersConfModule": "/etc/nvd.conf"}})
    extraPodmanArgs = arguments("podman pull", ["--os=linux"])
    image = option(t.str, example="quay.io/centos/centos:latest", doc="The image.")
    password = given(
        "The password for the registry. It is in the store, where everybody can read it.", example="P@ssw0rd"
    )
    tag = given("What the image is called where it comes from a file.", example="quay.io/centos/centos:latest")
    tlsVerify = switch("Whether certificates of registries have to be right.")
    username = given("The name of the user at the registry.", example="bob")


class Network(Options):
    """A network"""

    autoStart = switch("Whether it is made at login.")
    description = given("The description of the unit.", example="My Network")
    driver = given("The driver.", example="bridge")
    extraConfig = further({"Network": {"ContainerConfModule": "/etc/nvd.conf"}, "Service": {"TimeoutStartSec": 30}})
    extraPodmanArgs = arguments("podman network create", ["--dns=192.168.55.1", "--ipam-driver"])
    gateway = given("The gateway.", example="192.168.20.1")
    internal = given("Whether nothing outside can be reached.", t.bool)
    labels = labels("network")
    subnet = given("The subnet.", example="192.168.20.0/24")


class Volume(Options):
    """A volume"""

    autoStart = switch("Whether it is made at login.")
    copy = switch("Whether what the image has at its place is copied into it at first.")
    description = described("volume")
    device = given("The device that is mounted.", example="tmpfs")
    driver = given("The driver.", example="image")
    extraConfig = further({"Volume": {"ContainerConfModule": "/etc/nvd.conf"}})
    extraPodmanArgs = arguments("podman volume create", ["--opt copy"])
    group = given("The group that it belongs to.", IDENTITY)
    image = given("The image behind it, with the driver `image`.", example="quay.io/centos/centos:latest")
    labels = labels("volume")
    preserve = switch("Whether it stays when the configuration no longer has it.")
    type = given("The type of its file system.", example="tmpfs")
    user = given("The user that it belongs to.", IDENTITY)


# The sections of quadlets; `scope` is the module.


def awaiting(scope):
    """The command that waits until podman has its namespace of users."""
    podman, coreutils = scope.package, scope.pkgs["coreutils"]
    script = f"until {podman}/bin/podman unshare {coreutils}/bin/true; do\n  {coreutils}/bin/sleep 1\ndone\n"
    return [str(scope._made("writeShellScript", "await-podman-unshare", script))]


def prepared(scope, timeout, *, path):
    more = {"Environment": {"PATH": f"{UIDMAP}:{scope._search_path([scope.pkgs['su'], scope.pkgs['coreutils']])}"}}
    return {
        **(more if path else {}),
        "ExecStartPre": awaiting(scope),
        "TimeoutStartSec": timeout,
        "RemainAfterExit": "yes",
    }


def container(scope, name, one):
    known = scope._quadlet_names()
    path = [
        "/run/wrappers/bin",
        "/run/current-system/sw/bin",
        f"{scope.pkgs['nftables']}/bin",
        f"{scope['home.homeDirectory']}/.nix-profile/bin",
        f"{scope.pkgs['systemd']}/bin",
    ]
    return {
        "Container": {
            "AddCapability": one.addCapabilities,
            "AddDevice": one.devices,
            "AutoUpdate": one.autoUpdate,
            "ContainerName": name,
            "DropCapability": one.dropCapabilities,
            "Entrypoint": one.entrypoint,
            "Environment": one.environment,
            "EnvironmentFile": one.environmentFile,
            "Exec": one.exec,
            "Group": one.group,
            "Image": [referred(one.image, ("build", "image"), known)],
            "IP": one.ip4,
            "IP6": one.ip6,
            "Label": {**one.labels, **MANAGED},
            "Network": [referred(each, ("network",), known) for each in one.network],
            "NetworkAlias": one.networkAlias,
            "PodmanArgs": one.extraPodmanArgs,
            "PublishPort": one.ports,
            "UserNS": one.userNS,
            "User": one.user,
            "Volume": [referred(each, ("volume",), known) for each in one.volumes],
        },
        "Install": started(one),
        "Service": {"Environment": {"PATH": ":".join(path)}, "Restart": "always", "TimeoutStopSec": 30},
        "Unit": {"Description": one.description or f"Service for container {name}"},
    }


def build(scope, name, one):
    return {
        "Build": {
            "AuthFile": one.authFile,
            "Environment": one.environment,
            "File": one.file,
            "ImageTag": [f"homemanager/{name}", *one.tags],
            "Label": {**one.labels, **MANAGED},
            "PodmanArgs": one.extraPodmanArgs,
            "SetWorkingDirectory": one.workingDirectory,
            "TLSVerify": one.tlsVerify,
        },
        "Install": started(one),
        "Service": {"TimeoutStartSec": 300, "RemainAfterExit": "yes"},
        "Unit": {"Description": one.description},
    }


def image(scope, name, one):
    credentials = (one.username or "") + ("" if one.password is None else f":{one.password}")
    return {
        "Image": {
            "AuthFile": one.authFile,
            "CertDir": one.certDir,
            "Creds": credentials or None,
            "DecryptionKey": one.decryptionKeyFile,
            "Image": one.image,
            "ImageTag": one.tag,
            "PodmanArgs": one.extraPodmanArgs,
            "TLSVerify": one.tlsVerify,
        },
        "Install": started(one),
        "Service": prepared(scope, 300, path=False),
        "Unit": {"Description": one.description},
    }


def network(scope, name, one):
    return {
        "Network": {
            "Driver": one.driver,
            "Gateway": one.gateway,
            "Internal": one.internal,
            "NetworkName": name,
            "Label": {**one.labels, **MANAGED},
            "PodmanArgs": one.extraPodmanArgs,
            "Subnet": one.subnet,
        },
        "Install": started(one),
        "Service": prepared(scope, 15, path=True),
        "Unit": {"After": ["network.target"], "Description": one.description or f"Service for network {name}"},
    }


def volume(scope, name, one):
    return {
        "Volume": {
            "Copy": one["copy"],
            "Device": one.device,
            "Driver": one.driver,
            "Group": one.group,
            "Image": one.image,
            "Label": {**one.labels, **MANAGED, "nix.home-manager.preserve": one.preserve},
            "PodmanArgs": one.extraPodmanArgs,
            "Type": one.type,
            "User": one.user,
            "VolumeName": name,
        },
        "Install": started(one),
        "Service": prepared(scope, 15, path=True),
        "Unit": {"Description": one.description},
    }


KINDS: dict[str, Any] = {"container": container, "build": build, "image": image, "network": network, "volume": volume}
"""The kinds of quadlets, and their sections; the option is the plural."""


def sections(scope, kind, name, definition):
    """The sections of a quadlet, with what the user adds."""
    return joined(KINDS[kind](scope, name, definition), definition.extraConfig)
