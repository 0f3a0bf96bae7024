"""Which TCP ports a group of processes listens on, and at which addresses, as Linux tells in /proc."""

from __future__ import annotations

import contextlib
import ipaddress
import sys
from dataclasses import dataclass
from pathlib import Path

_LISTEN = "0A"
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Listener:
    """A listening socket."""

    address: ipaddress.IPv4Address | ipaddress.IPv6Address
    port: int

    @property
    def is_local(self) -> bool:
        """Whether only this machine reaches it."""
        mapped = getattr(self.address, "ipv4_mapped", None)
        return (mapped or self.address).is_loopback

    def __str__(self) -> str:
        return f"{self.address} port {self.port}"


def can_tell() -> bool:
    """Whether this machine has such a /proc."""
    return (_PROC / "net" / "tcp").exists()


def listeners_of(session: int) -> list[Listener]:
    """What the processes of a session listen on; empty where the machine does not tell."""
    inodes = {inode for process in members_of(session) for inode in _sockets(process)}
    found = [entry for name in ("tcp", "tcp6") for entry in read_table(_PROC / "net" / name)]
    return [listener for inode, listener in found if inode in inodes]


def read_table(path: Path) -> list[tuple[str, Listener]]:
    """The listening sockets of a table such as /proc/net/tcp, each with its inode; empty where there is no table."""
    try:
        lines = path.read_text("ascii").splitlines()[1:]
    except OSError:
        return []
    found = []
    for line in lines:
        words = line.split()
        if words[3] == _LISTEN:
            address, _, port = words[1].partition(":")
            found.append((words[9], Listener(_address(address), int(port, 16))))
    return found


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """An address as the kernel prints it: words of 32 bits in the machine's own order."""
    raw = b"".join(int(text[at : at + 8], 16).to_bytes(4, sys.byteorder) for at in range(0, len(text), 8))
    return ipaddress.ip_address(raw)


def members_of(session: int) -> list[int]:
    """The processes of a session; empty where the machine does not tell."""
    found = []
    for process in _PROC.glob("[0-9]*"):
        # A process may end while it is looked at.
        with contextlib.suppress(OSError, IndexError, ValueError):
            fields = (process / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            if int(fields[3]) == session:
                found.append(int(process.name))
    return found


def _sockets(process: int) -> list[str]:
    """The inodes of a process's sockets."""
    found = []
    with contextlib.suppress(OSError):
        for descriptor in (_PROC / str(process) / "fd").iterdir():
            with contextlib.suppress(OSError):
                target = str(descriptor.readlink())
                if target.startswith("socket:["):
                    found.append(target[8:-1])
    return found
