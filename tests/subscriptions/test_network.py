"""One client, one network: what is believed of who asks, and what is kept of it."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from models_catalog.subscriptions.network import client_of, household, network_hash


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "client"),
    [
        ("192.0.2.1", "203.0.113.9", [], "192.0.2.1"),
        ("192.0.2.1", "203.0.113.9", ["192.0.2.0/24"], "203.0.113.9"),
        ("192.0.2.1", "1.1.1.1, 203.0.113.9", ["192.0.2.0/24"], "203.0.113.9"),
        ("192.0.2.1", "203.0.113.9, 192.0.2.7", ["192.0.2.0/24"], "203.0.113.9"),
        ("192.0.2.1", "nonsense", ["192.0.2.0/24"], "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "", [], "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "", [], "192.0.2.1"),
        ("fe80::1%eth0", "", [], "fe80::/64"),
        ("", "203.0.113.9", [], "unknown"),
    ],
)
def test_a_spoofed_address_is_never_believed(
    remote: str, forwarded: str, proxies: list[str], client: str, settings: Settings, rf: RequestFactory
) -> None:
    settings.OPENGAP_TRUSTED_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_of(request) == client


def test_a_household_is_one_network_and_its_hash_does_not_tell_it() -> None:
    assert household("2001:db8:1:2::1") == household("2001:db8:1:2:ffff::9") != household("2001:db8:1:3::1")
    assert household("no address") == household("") == "unknown"
    assert network_hash("192.0.2.1") != network_hash("192.0.2.2")
