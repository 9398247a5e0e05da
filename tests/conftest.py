"""Tests run on a real Postgres and Valkey, started once for the whole run, and never reach the network.

DATABASE_URL or BROKER_URL name others to use instead. Without the Django plugin (`-p no:django`) nothing is
started.
"""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import hypothesis
import pytest
from _pytest.nodeid import NodeId
from pytest_django import DjangoDbBlocker

from tests.network import refuse_network
from tests.services import broker_of, services

TYPES_SECONDS = 600.0
LEAVING_SECONDS = 100.0
# A busy machine is no fault of what is tried: neither a slow example nor slow data fails a test.
hypothesis.settings.register_profile(
    "patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("patient")
RUNNING: pytest.StashKey[ExitStack] = pytest.StashKey()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "xdist_group(name): tests of one group run in one process of xdist")
    if os.environ.get("CI") == "true" and not recorded_folder():
        raise pytest.UsageError("OPENGAP_RECORDED names no folder, and in CI no test may be left out")
    if not config.pluginmanager.hasplugin("django") or config.getoption("help"):
        return
    refuse_network()
    prepare_environment(config)
    import django

    django.setup()
    join_threads_of_live_server()
    if config.getoption("dist", "no") != "no":
        # Else xdist's processes inherit it, and read the settings before they know their own broker and folder.
        del os.environ["DJANGO_SETTINGS_MODULE"]


def prepare_environment(config: pytest.Config) -> None:
    """Name the services for Django's settings, which are read after this: the controller starts them all."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tracker.settings"
    os.environ["SECRET_KEY"] = "for tests"
    os.environ["OPENGAP_PLAIN_STATIC"] = "1"
    os.environ["OPENGAP_API_RATE"] = "0"  # the tests of the limit set one
    worker: str | None = getattr(config, "workerinput", {}).get("workerid")
    if worker:
        os.environ["BROKER_URL"] = broker_of(worker, os.environ["BROKER_URL"])
        os.environ["OPENGAP_DATA"] = str(Path(os.environ["OPENGAP_DATA"]) / worker)
    elif not config.getoption("collectonly"):  # which needs no service
        stack = config.stash[RUNNING] = ExitStack()
        os.environ.update(stack.enter_context(services(os.environ)))
        os.environ["STATIC_ROOT"] = str(Path(os.environ["OPENGAP_DATA"]) / "static")
        Path(os.environ["STATIC_ROOT"]).mkdir(parents=True)


def join_threads_of_live_server() -> None:
    """Let the live server end only when its last request has: each holds a session at the database."""
    from django.core.servers.basehttp import ThreadedWSGIServer

    ThreadedWSGIServer.daemon_threads = False


def pytest_unconfigure(config: pytest.Config) -> None:
    if stack := config.stash.get(RUNNING, None):
        stack.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What mypy, run beside us by bin/test, has to say; it is waited for."""
    if not (named := os.environ.get("OPENGAP_TYPES")):
        return
    deadline = time.monotonic() + TYPES_SECONDS
    while not (Path(named) / "status").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    terminalreporter.section("types")
    terminalreporter.write((Path(named) / "said").read_text(encoding="utf-8"))


def recorded_folder() -> Path | None:
    """The folder of recorded payloads, when it is there."""
    named = os.environ.get("OPENGAP_RECORDED")
    return Path(named) if named and Path(named).is_dir() else None


def pytest_report_header() -> list[str]:
    if recorded_folder():
        return []
    return ["OPENGAP_RECORDED names no folder: tests over recorded payloads are deselected"]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    for item in items:
        if group := group_of(item):
            item.add_marker(pytest.mark.xdist_group(group))
    if not recorded_folder():
        left_out = [item for item in items if item.get_closest_marker("recorded")]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)
    yield
    if hasattr(config, "workerinput"):
        for item in items:
            write_group(item)
        # A long one that begins last would leave the other process idle.
        items.sort(key=lambda item: item.get_closest_marker("timeout") is None)


def write_group(item: pytest.Item) -> None:
    """Let xdist's scheduler read the group in the test's id, as `--dist loadgroup` does.

    xdist 3.8 writes it into `_nodeid`, which pytest 9.2 reads no more: without this every test would be on its own,
    and what a module makes once be made once in each process.
    """
    group = item.get_closest_marker("xdist_group")
    if group and not item.nodeid.endswith(f"@{group.args[0]}"):
        item._id = NodeId.parse(f"{item.nodeid}@{group.args[0]}")


def group_of(item: pytest.Item) -> str | None:
    """What must run in one process of xdist: real processes, and what a module makes once for all its tests."""
    if item.get_closest_marker("xdist_group"):
        return None
    if item.get_closest_marker("processes"):
        return "processes"
    made_once = isinstance(item, pytest.Function) and any(
        definitions[-1].scope == "module" for definitions in item._fixtureinfo.name2fixturedefs.values()
    )
    return item.nodeid.partition("::")[0] if made_once else None


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """pytest-django's, which drops the database at the end: first whoever a test left there must have gone."""
    from tests.sessions import wait_for_others_to_leave

    yield
    with django_db_blocker.unblock():
        wait_for_others_to_leave(LEAVING_SECONDS)


@pytest.fixture
def recorded() -> Path:
    """The folder of recorded payloads, for tests marked `recorded`."""
    folder = recorded_folder()
    assert folder is not None
    return folder


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder under the temp directory whose name is short enough for unix sockets."""
    from tests.services import temporary_folder

    with temporary_folder() as folder:
        yield folder
