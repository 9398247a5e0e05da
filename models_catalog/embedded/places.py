"""Where the embedded services of this checkout live, and the one secret kept there.

Everything is derived from the checkout's path and the user, so that two commands find each other
without asking. Only the functions that say so touch the disk.
"""

import fcntl
import hashlib
import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
DATABASE = "opengap"
KEEPER_SOCKET = "keeper.sock"
POSTGRES_PORT = 5432  # only names the socket file: no network port is opened


class EmbeddedError(SystemExit):
    """The embedded services cannot be had. Holds one sentence for the reader.

    A SystemExit, so that an uncaught one ends any command (manage.py, celery, gunicorn) with that
    sentence on standard error and exit code 1, and never with a traceback.
    """


def data_folder() -> Path:
    """Where this checkout keeps its data: OPENGAP_DATA, else `.opengap/` in it. Creates nothing."""
    return Path(os.environ.get("OPENGAP_DATA") or CHECKOUT / ".opengap").expanduser().resolve()


def short_name(*words: str) -> str:
    """Twelve characters that stand for the words and differ between checkouts and users."""
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:12]


def socket_folder() -> Path:
    """The folder of the unix sockets; short, since a socket's path may have 100 bytes. Creates nothing."""
    name = short_name(str(data_folder()), str(os.geteuid()))
    return temporary_folder() / f"opengap-{name}"


def temporary_folder() -> Path:
    """The common one where it can be used, else TMPDIR's: that may differ between two commands' shells."""
    common = Path("/tmp")  # noqa: S108 - the sockets' own folder is checked for owner and mode
    return common if os.access(common, os.W_OK | os.X_OK) else Path(tempfile.gettempdir())


def postgres_url(sockets: Path) -> str:
    """The address of the database behind a socket folder; it names the port, since PGPORT may differ."""
    return f"postgres://postgres@/{DATABASE}?host={sockets}&port={POSTGRES_PORT}"


def valkey_url(sockets: Path) -> str:
    """The address of the Valkey behind a socket folder, as Celery reads it."""
    return f"redis+socket://{sockets}/valkey.sock"


def database_url() -> str:
    """The address of this checkout's embedded Postgres, running or not. Creates nothing."""
    return postgres_url(socket_folder())


def broker_url() -> str:
    """The address of this checkout's embedded Valkey, running or not. Creates nothing."""
    return valkey_url(socket_folder())


def prepared_data_folder() -> Path:
    """The data folder, made if needed. Raises EmbeddedError when it cannot be written.

    Other accounts may pass through it (not list it): as root, Postgres runs as another account below it.
    """
    folder = data_folder()
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True)
            folder.chmod(0o711)
        (folder / "logs").mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error.strerror) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise unwritable(folder, "permission denied")
    return folder


def unwritable(folder: Path, reason: str | None) -> EmbeddedError:
    return EmbeddedError(
        f"The data folder {folder} cannot be written ({reason or 'unknown reason'}): make it writable, or "
        "name another one with OPENGAP_DATA=/some/folder."
    )


def prepared_socket_folder(owner: int) -> Path:
    """The socket folder, made if needed, closed to everybody but the account `owner` and us.

    Raises EmbeddedError when somebody else has made it first: the temp directory is open to all.
    """
    folder = socket_folder()
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        if not folder.is_symlink() and found.st_uid in {owner, os.geteuid()}:
            os.chown(folder, owner, -1)
            folder.chmod(0o700)
            return folder
    except OSError as error:
        raise EmbeddedError(f"The socket folder {folder} cannot be used ({error.strerror}).") from error
    raise EmbeddedError(f"The socket folder {folder} belongs to another account: remove it first.")


@contextmanager
def exclusive(path: Path, patience: float | None = None) -> Iterator[int]:
    """Hold the lock file alone; yields its descriptor. Freed by the kernel even when the holder is killed.

    Waits for ever, or `patience` seconds and then raises TimeoutError.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        lock(descriptor, patience)
        yield descriptor
    finally:
        os.close(descriptor)


def lock(descriptor: int, patience: float | None) -> None:
    if patience is None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        return
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise TimeoutError(f"{patience} s") from None
            time.sleep(0.05)


def secret_key() -> str:
    """Django's secret of this checkout: made once, kept with mode 0600 in the data folder.

    Raises EmbeddedError when it can neither be read nor made.
    """
    path = data_folder() / "secret_key"
    try:
        return path.read_text(encoding="ascii").strip() or new_secret(path)
    except FileNotFoundError:
        return new_secret(path)
    except OSError as error:
        raise EmbeddedError(
            f"The secret key {path} cannot be read ({error.strerror}): set SECRET_KEY, or name another data "
            "folder with OPENGAP_DATA=/some/folder."
        ) from error


def new_secret(path: Path) -> str:
    """Make the secret unless another process was faster; either way all of them see the same one."""
    folder = prepared_data_folder()
    with exclusive(folder / "secret_key.lock"):
        if path.exists() and (known := path.read_text(encoding="ascii").strip()):
            return known
        secret = secrets.token_urlsafe(50)
        draft = path.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_text(secret + "\n", encoding="ascii")
        draft.replace(path)
    return secret
