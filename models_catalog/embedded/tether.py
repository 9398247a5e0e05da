"""Become another program whose life is bound to the process that started it.

Run as a script between a parent and a service: `python -I -S tether.py SIGNAL PARENT ACCOUNT PROGRAM …`. It
changes to the account, asks the kernel to send SIGNAL when the parent ends (even by kill -9), and turns
into the program. A script and not a `preexec_fn`: that one is unsafe in a process with threads.
"""

import ctypes
import os
import pwd
import sys
from collections.abc import Sequence
from pathlib import Path

OWN = "own"
NAMESPACE = "namespace"
PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000


def tethered(command: Sequence[str], number: int, account: str = OWN) -> list[str]:
    """The command line that runs `command` as `account` and sends it signal `number` when this process ends.

    `account` is OWN, NAMESPACE or "uid:gid". The kernel means the *thread* that starts the command, so start
    it from one that lasts.
    """
    script = [sys.executable, "-I", "-S", str(Path(__file__).resolve())]
    return [*script, str(int(number)), str(os.getpid()), account, *command]


def end_with_parent(number: int) -> None:
    """Ask the kernel to send this process the signal when its parent ends. Does nothing outside Linux."""
    library = ctypes.CDLL(None, use_errno=True)
    if hasattr(library, "prctl"):
        library.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)


def change_account(account: str) -> None:
    """Leave root behind. Raises OSError when the machine forbids it."""
    if account == OWN:
        return
    if account == NAMESPACE:
        enter_namespace()
        return
    user, group = (int(number) for number in account.split(":"))
    os.setgroups([])
    os.setgid(group)
    os.setuid(user)


def enter_namespace() -> None:
    """Appear as an ordinary user in a user namespace of our own; files of root appear as that user's."""
    user, group = os.geteuid(), os.getegid()
    inside = next((entry.pw_uid for entry in pwd.getpwall() if entry.pw_uid), 1000)  # initdb asks for a name
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "unshare") or library.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "no user namespace can be made")
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"{inside} {user} 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{inside} {group} 1", encoding="ascii")


def main(arguments: Sequence[str]) -> int:
    number, parent, account, *command = arguments
    try:
        change_account(account)
        end_with_parent(int(number))
        if os.getppid() == int(parent):  # else the parent ended before the kernel knew our wish
            os.execv(command[0], command)  # noqa: S606 - no shell is the point
    except OSError as error:
        sys.stderr.write(f"{command[0]}: {error.strerror}\n")
    return 126


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
