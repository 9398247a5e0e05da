"""The embedded Postgres: making its cluster, starting it as a child, ending it."""

import locale
import os
import re
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from models_catalog.embedded.children import CLEAN_ENVIRONMENT, Child, last_lines, pause_until, start
from models_catalog.embedded.lodging import Lodging, prepared_draft
from models_catalog.embedded.places import DATABASE, POSTGRES_PORT, EmbeddedError
from models_catalog.embedded.tether import tethered

MAJOR = "18"
START_SECONDS = 300  # recovery after a crash may have much to replay
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - the kernel's shared memory, asked for its size only
SHARED_MEMORY_NEEDED = 128 * 2**20
ENDING: tuple[tuple[int, float], ...] = (
    (signal.SIGINT, 60),
    (signal.SIGQUIT, 10),
)  # fast, then immediate shutdown
GRAVE = re.compile(r"\b(FATAL|PANIC|ERROR|error): ")
# For tests only: what is written need not survive a crash of the machine.
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def start_postgres(
    lodging: Lodging,
    sockets: Path,
    log: Path,
    *,
    options: dict[str, str] | None = None,
    held: Sequence[int] = (),
) -> Child:
    """Start Postgres and wait until it answers with its database there; returns the running child.

    It listens on a socket in `sockets` only. Raises EmbeddedError with the reason when it cannot be had.
    """
    if not lodging.has_cluster:
        create_cluster(lodging)
    check_version(lodging)
    remove_stale_locks(lodging, sockets)
    command = [lodging.program("postgres"), "-D", str(lodging.data), *settings(sockets, options or {})]
    child = start("Postgres", command, log, on_parent_death=signal.SIGINT, account=lodging.account,
                  environment=CLEAN_ENVIRONMENT, held=held)  # fmt: skip
    try:
        wait_until_ready(child, lodging)
        create_database(lodging, sockets)
    except BaseException:
        child.stop(*ENDING)
        raise
    return child


def create_cluster(lodging: Lodging) -> None:
    """Run initdb beside the cluster's place, then move the result there: never is half a cluster found."""
    draft = prepared_draft(lodging)
    locale_name = "C.UTF-8" if has_locale("C.UTF-8") else "C"
    command = [
        lodging.program("initdb"), "-D", str(draft), "-U", "postgres", "--auth=trust", "--encoding=UTF8",
        "--locale-provider=builtin", "--builtin-locale=C.UTF-8", f"--locale={locale_name}", "--no-sync",
        "--no-instructions", f"--set=dynamic_shared_memory_type={shared_memory_type()}",
    ]  # fmt: skip
    run(lodging, command, "initdb failed")
    draft.rename(lodging.data)


def run(lodging: Lodging, command: Sequence[str], failure: str) -> str:
    """Run one of Postgres's programs as the lodging's account; returns what it printed."""
    tethers = tethered(command, signal.SIGTERM, lodging.account)
    done = subprocess.run(  # noqa: S603 - our own command line
        tethers, env=CLEAN_ENVIRONMENT, cwd="/", capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        words = done.stderr.strip() or done.stdout.strip()
        raise EmbeddedError(f"The embedded Postgres cannot be prepared: {failure}: {reason(words)}")
    return done.stdout.strip()


def has_locale(name: str) -> bool:
    """Whether the C library knows the locale; a very small system may know C only."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, name)
    except locale.Error:
        return False
    locale.setlocale(locale.LC_CTYPE, before)
    return True


def check_version(lodging: Lodging) -> None:
    try:
        found = (lodging.data / "PG_VERSION").read_text(encoding="ascii").strip()
    except PermissionError as error:
        raise EmbeddedError(
            f"The database in {lodging.data} belongs to another account: run as that account, or name "
            "another data folder with OPENGAP_DATA=/some/folder."
        ) from error
    if found != MAJOR:
        raise EmbeddedError(
            f"The database in {lodging.data} was made by Postgres {found}, and this is Postgres {MAJOR}: "
            "name another data folder with OPENGAP_DATA=/some/folder."
        )


def remove_stale_locks(lodging: Lodging, sockets: Path) -> None:
    """Remove the lock files of a killed Postgres whose process number now names something else, or a zombie.

    Postgres sees to a number that names nothing, but takes any living process of its account for its twin.
    """
    for path in (lodging.data / "postmaster.pid", sockets / f".s.PGSQL.{POSTGRES_PORT}.lock"):
        try:
            number = int(path.read_text(encoding="ascii").split("\n", 1)[0])
            status = Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace")
        except (OSError, ValueError):
            continue
        name, state = status.split("(", 1)[1].rsplit(") ", 1)
        if name != "postgres" or state.startswith("Z"):
            path.unlink()


def settings(sockets: Path, options: dict[str, str]) -> list[str]:
    """The command line's part that says how this server differs from a default one."""
    wanted = {
        "listen_addresses": "",
        "port": str(POSTGRES_PORT),
        "unix_socket_directories": str(sockets),
        "unix_socket_permissions": "0700",
        "dynamic_shared_memory_type": shared_memory_type(),
        "timezone": "UTC",
        "log_timezone": "UTC",
        "jit": "off",
        **options,
    }
    return [part for name, value in wanted.items() for part in ("-c", f"{name}={value}")]


def shared_memory_type() -> str:
    """Files instead of /dev/shm where that is missing or small, as in many containers."""
    try:
        found = os.statvfs(SHARED_MEMORY)
    except OSError:
        return "mmap"
    return "posix" if found.f_bavail * found.f_frsize >= SHARED_MEMORY_NEEDED else "mmap"


def wait_until_ready(child: Child, lodging: Lodging) -> None:
    """Wait for the eighth line of postmaster.pid to say "ready" (Postgres's own sign, read by pg_ctl too)."""
    deadline = time.monotonic() + START_SECONDS
    while pause_until(deadline):
        if child.has_ended():
            raise EmbeddedError(f"The embedded Postgres did not start: {reason(last_lines(child.log, 50))}")
        if is_ready(lodging.data / "postmaster.pid", child.process.pid):
            return
    raise EmbeddedError(f"The embedded Postgres was not ready after {START_SECONDS} s; see {child.log}.")


def reason(words: str) -> str:
    """Postgres's own word on why it ended: its last grave line, else its last one; without time and number."""
    lines = words.splitlines() or ["it said nothing"]
    grave = [line for line in lines if GRAVE.search(line)]
    return (grave or lines)[-1].split("] ", 1)[-1].strip()


def is_ready(path: Path, process: int) -> bool:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    return len(lines) > 7 and lines[0] == str(process) and lines[7].strip() == "ready"


def create_database(lodging: Lodging, sockets: Path) -> None:
    """Create the database when it is absent."""
    query = f"SELECT count(*) FROM pg_database WHERE datname = '{DATABASE}'"  # noqa: S608 - our own constant
    if ask(lodging, sockets, query) == "0":
        ask(lodging, sockets, f"CREATE DATABASE {DATABASE}")


def ask(lodging: Lodging, sockets: Path, query: str) -> str:
    """One statement through Postgres's own psql: this floor has no database driver."""
    command = [
        lodging.program("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1",
        "-h", str(sockets), "-p", str(POSTGRES_PORT), "-U", "postgres", "-d", "postgres", "-c", query,
    ]  # fmt: skip
    return run(lodging, command, "psql failed")
