"""A clean Debian 12 in a folder, and commands carried out in it."""

import os
import pwd
import re
import shlex
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

SUITE = "bookworm"
KEPT = Path(pwd.getpwuid(os.getuid()).pw_dir) / ".cache" / "coachdesk-tests"
"""Where what debootstrap made is kept from one run to the next."""
PATIENCE = 900.0
"""Seconds for any one command; fetching packages takes longest."""
PERSON = "anna"
ENTER = """
if [ "$1" = mounting ]; then
    mount --make-rprivate /
    mount -t proc proc "$2/proc" || mount --bind /proc "$2/proc"
    mount --rbind /dev "$2/dev"
fi
tree=$2 person=$3
shift 3
exec chroot ${person:+--userspec=$person:$person} "$tree" env -i "$@"
"""
"""Mounts are those of a namespace of the command's own, so that none stays; without the right to it, there are none."""
OF_PACKAGE_MANAGERS = re.compile(
    r"(var/(lib|cache|log)/(apt|dpkg)(/|$)|var/cache/debconf/|var/log/(dpkg|alternatives|bootstrap)\.log|etc/ld\.so\.cache"
    r"|var/cache/ldconfig/|proc/|dev/|sys/)"
)
"""What apt, dpkg and the loader of libraries write down for themselves, for any package."""


def as_root(words: Sequence[str]) -> list[str]:
    """The command, by sudo where we are somebody else."""
    return [*words] if os.geteuid() == 0 else ["sudo", "-n", *words]


def mirror() -> list[str]:
    """The address that this computer takes Debian from; none where it takes another system, then debootstrap knows."""
    shown = "$(CODENAME) $(COMPONENT) $(REPO_URI)"
    done = subprocess.run(
        ["apt-get", "indextargets", "--format", shown, "Created-By: Packages"], capture_output=True, text=True
    )
    targets = [line.split() for line in done.stdout.splitlines()]
    return [uri for name, part, uri in (each for each in targets if len(each) == 3) if (name, part) == (SUITE, "main")][
        :1
    ]


class Clean:
    """The tree: unpacked from what is kept, ready for apt, with a person in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.mounting = subprocess.run(as_root(["unshare", "--mount", "true"]), capture_output=True).returncode == 0
        """Whether commands in the tree have /proc and /dev; in a container without rights to mount they do without."""
        root.mkdir()
        subprocess.run(as_root(["tar", "-C", str(root), "-xf", str(_archive())]), check=True)
        for name in ("resolv.conf", "hosts"):
            self.write(f"/etc/{name}", Path("/etc", name).read_text("utf-8"))
        self.write("/etc/apt/apt.conf.d/90host", _ways_of_apt())
        self.write("/usr/sbin/policy-rc.d", "#!/bin/sh\nexit 101\n")
        self.run("chmod", "755", "/usr/sbin/policy-rc.d")
        self.run("apt-get", "-q", "update")
        self.run("useradd", "--create-home", "--shell", "/bin/bash", PERSON)

    def run(
        self, *command: str, person: str = "", environment: Mapping[str, str] | None = None, check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        """Carry a command out as root or as a person; raises with what it said where it fails."""
        done = subprocess.run(
            self.words(*command, person=person, environment=environment),
            capture_output=True, text=True, timeout=PATIENCE, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        if check and done.returncode:
            raise AssertionError(f"{shlex.join(command)} answered {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done

    def words(self, *command: str, person: str = "", environment: Mapping[str, str] | None = None) -> list[str]:
        """The whole command line for that, for a process that is to go on."""
        home = f"/home/{person}" if person else "/root"
        given = {"HOME": home, "USER": person or "root", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
        given |= {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", **(environment or {})}
        sets = [f"{name}={value}" for name, value in given.items()]
        enter = ["sh", "-ec", ENTER, "enter", "mounting" if self.mounting else "plain", str(self.root), person]
        return as_root([*(("unshare", "--mount") if self.mounting else ()), *enter, *sets, *command])

    def write(self, path: str, text: str, person: str = "root") -> None:
        """A file in the tree, which a person owns."""
        target = self.root / path.lstrip("/")
        subprocess.run(as_root(["tee", str(target)]), input=text, text=True, stdout=subprocess.DEVNULL, check=True)
        if person != "root":
            self.run("chown", f"{person}:{person}", path)

    def read(self, path: str) -> str:
        """What a file in the tree says."""
        return subprocess.run(
            as_root(["cat", str(self.root / path.lstrip("/"))]), capture_output=True, text=True, check=True
        ).stdout

    def files(self) -> set[str]:
        """Every file and link, and folders with a / behind, without what package managers note for themselves."""
        shown = ("-type", "d", "-printf", "%P/\\n", "-o", "-printf", "%P\\n")
        words = as_root(["find", str(self.root), "-mindepth", "1", *shown])
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        return {line for line in done.stdout.splitlines() if not OF_PACKAGE_MANAGERS.match(line)}

    def kill(self, program: str) -> None:
        """Kill whatever carries out this very file of the tree, each process by its number, and nothing else.

        All are halted first: one that saw another die would begin to put things back.
        """
        file = str(self.root / program.lstrip("/"))
        found = subprocess.run(as_root(["find", *_links(), "-lname", file]), capture_output=True, text=True)
        numbers = [Path(line).parent.name for line in found.stdout.splitlines()]
        assert numbers, f"nothing carries out {program}"
        for signal in ("-STOP", "-KILL"):
            subprocess.run(as_root(["kill", signal, *numbers]), check=True)

    def remove(self) -> None:
        """Take the tree away."""
        subprocess.run(as_root(["rm", "-rf", "--one-file-system", str(self.root)]), check=True)


def _links() -> list[str]:
    """For every process of the computer, the link to what it carries out."""
    return [f"{folder}/exe" for folder in Path("/proc").iterdir() if folder.name.isdecimal()]


def _archive() -> Path:
    """What debootstrap makes, made where it is not kept yet."""
    architecture = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True)
    kept = KEPT / f"{SUITE}-{architecture.stdout.strip()}.tar"
    if not kept.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        tree, unfinished = KEPT / "tree", kept.with_suffix(".unfinished")
        subprocess.run(as_root(["rm", "-rf", "--one-file-system", str(tree)]), check=True)
        address = mirror()
        needed = ["--include=ca-certificates"] if address and address[0].startswith("https:") else []
        words = ["debootstrap", "--variant=minbase", *needed, SUITE, str(tree), *address]
        subprocess.run(as_root(words), check=True, stdout=subprocess.DEVNULL)
        subprocess.run(
            as_root(["tar", "-C", str(tree), "--exclude=./var/cache/apt/archives/*.deb", "-cf", str(unfinished), "."]),
            check=True,
        )
        subprocess.run(as_root(["rm", "-rf", "--one-file-system", str(tree)]), check=True)
        unfinished.replace(kept)
    return kept


def _ways_of_apt() -> str:
    """How this computer's apt reaches its addresses, such as a proxy."""
    done = subprocess.run(["apt-config", "dump"], capture_output=True, text=True, check=True)
    return "".join(f"{line}\n" for line in _lines(done.stdout))


def _lines(dumped: str) -> Iterator[str]:
    return (line for line in dumped.splitlines() if re.match(r"Acquire::(http|https)::", line))
