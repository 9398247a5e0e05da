"""Every process of a test run has its own database, broker and data folder, and none can leave the machine."""

import os
import socket

import pytest
from django.conf import settings

from tests.network import NetworkRefusedError, refuse_unless_here
from tests.services import broker_of


def test_the_settings_are_those_of_this_very_process() -> None:
    assert os.environ["BROKER_URL"] == settings.CELERY_BROKER_URL
    assert os.environ["OPENGAP_DATA"] == str(settings.OPENGAP_DATA)


def test_each_process_has_a_broker_database_of_its_own() -> None:
    sockets = "redis+socket:///tmp/folder/valkey.sock"
    assert broker_of("gw0", sockets) == f"{sockets}?virtual_host=1"
    assert broker_of("gw1", f"{sockets}?virtual_host=9") == f"{sockets}?virtual_host=2"
    assert broker_of("gw1", "redis://valkey:6379/0") == "redis://valkey:6379/2"


@pytest.mark.xdist_group("isolation")
def test_the_group_of_a_test_reaches_the_scheduler_of_xdist(request: pytest.FixtureRequest) -> None:
    grouped = hasattr(request.config, "workerinput") and request.config.getoption("loadgroup")
    assert request.node.nodeid.endswith("@isolation") == bool(grouped)


@pytest.mark.parametrize(
    "host", ["example.org", "10.0.0.1", b"example.org", "2001:db8::1", "169.254.169.254"]
)
def test_a_host_that_is_not_this_machine_is_refused(host: object) -> None:
    with pytest.raises(NetworkRefusedError):
        refuse_unless_here(host)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1", "", None, b"127.0.0.1"])
def test_this_machine_may_be_reached(host: object) -> None:
    refuse_unless_here(host)


def test_a_name_that_exists_nowhere_gets_the_resolvers_answer() -> None:
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("nothing.invalid", 80)


def test_a_real_connection_to_elsewhere_is_refused_before_it_is_made() -> None:
    with socket.socket() as outward, pytest.raises(NetworkRefusedError):
        outward.connect(("192.0.2.1", 80))
