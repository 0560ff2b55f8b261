"""The virtual machines that podman needs on macOS."""

from home_manager.authoring import *

USUAL_VOLUMES = ["/Users:/Users", "/private:/private", "/var/folders:/var/folders"]

FLAGS = {"cpus": "--cpus", "diskSize": "--disk-size", "image": "--image", "memory": "--memory", "swap": "--swap"}

WATCH = """\
say() { echo "[$(date '+%Y-%m-%d %H:%M:%S')] $*" >&2; }
while true; do
  state=$(@podman@ machine inspect @name@ --format '{{.State}}' 2> /dev/null) || state=unknown
  case $state in
    running) ;;
    stopped | unknown)
      say "starting" @name@
      @podman@ machine start @name@ >&2 || say @name@ "did not start"
      ;;
    *) say @name@ "is $state" ;;
  esac
  sleep @interval@
done
"""

REMOVE = """\
for machine in $(@podman@ machine list --format '{{.Name}}' 2> /dev/null | sed 's/\\*$//'); do
  case @names@ in
    *" $machine "*) ;;
    *)
      echo "Removing the podman machine $machine, which the configuration does not have"
      run @podman@ machine stop "$machine" || true
      run @podman@ machine rm -f "$machine"
      ;;
  esac
done
"""


def given(type, doc, **more):
    return option(t.null_or(type), default=None, doc=doc, **more)


class Machine(Options):
    """A virtual machine"""

    cpus = given(t.positive, "How many processors it has.", example=2)
    diskSize = given(t.positive, "The size of its disk in GB.", example=200)
    image = given(t.str, "The image that it starts.")
    memory = given(t.positive, "Its memory in MB.", example=8192)
    rootful = given(t.bool, "Whether containers run as root.", example=True)
    swap = given(t.positive, "Its swap space in MB.", example=2048)
    timezone = given(t.str, "Its time zone.", example="UTC")
    username = given(t.str, "The user inside.", example="user")
    volumes = option(
        t.list_of(t.str), default=USUAL_VOLUMES, example=["/Users:/Users"], doc="Directories of the Mac that it sees."
    )
    autoStart = option(
        t.bool, default=True, example=False, doc="Whether it starts at login, and again whenever it stops."
    )
    watchdogInterval = option(t.positive, default=30, example=60, doc="After how many seconds it is looked at again.")


USUAL = {
    "cpus": None,
    "diskSize": None,
    "image": None,
    "memory": None,
    "rootful": None,
    "swap": None,
    "timezone": None,
    "username": None,
    "volumes": USUAL_VOLUMES,
    "autoStart": True,
    "watchdogInterval": 30,
}
"""The machine that podman makes by itself."""


def creation(podman, name, machine):
    """The code that makes a machine which is not there yet."""
    flags = [f"{flag} {machine[key]}" for key, flag in FLAGS.items() if machine[key] is not None]
    flags += [f'--{key} "{machine[key]}"' for key in ("timezone", "username") if machine[key] is not None]
    if machine["rootful"]:
        flags.append("--rootful")
    # The configuration of containers is that of the Mac. `/home` is a link inside, where podman does not mount.
    home = f"/var/home/{machine['username'] or 'core'}"
    flags += [
        f'--volume "{each}"' for each in [f"$HOME/.config/containers:{home}/.config/containers", *machine["volumes"]]
    ]
    listed = f"{podman} machine list --format '{{{{.Name}}}}' 2> /dev/null | sed 's/\\*$//'"
    return (
        f"if ! {listed} | grep -Fxq {formats.shell.quote(name)}; then\n"
        f"  run {podman} machine init {formats.shell.quote(name)} {' '.join(flags)}\n"
        "fi\n"
    )


def removal(podman, names):
    """The code that removes machines which the configuration does not have."""
    return formats.shell.script(REMOVE, podman=podman, names=" ".join(["", *names, ""]))


def watching(podman, name, machine):
    """The script that keeps a machine running."""
    return formats.shell.script(WATCH, podman=podman, name=name, interval=str(machine["watchdogInterval"]))
