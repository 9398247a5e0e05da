"""The compose file and the image: every service is there, watched, and holds no secret."""

import re
from typing import Any

import pytest
import yaml

from models_catalog.embedded.places import CHECKOUT

SERVICES = {"postgres", "valkey", "web", "worker", "beat", "mailpit"}
OURS = ("web", "worker", "beat")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    document = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text(encoding="utf-8"))
    assert isinstance(document, dict)
    return document


def test_all_services_are_there(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == SERVICES


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_service_has_a_health_check_and_comes_back(compose: dict[str, Any], name: str) -> None:
    service = compose["services"][name]
    assert service["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}
    assert service["restart"] == "unless-stopped"


def test_our_three_services_share_one_image_and_one_environment(compose: dict[str, Any]) -> None:
    services = [compose["services"][name] for name in OURS]
    for part in ("image", "build", "environment", "volumes"):
        assert services[0][part] == services[1][part] == services[2][part]


@pytest.mark.parametrize("name", OURS)
def test_our_services_wait_until_what_they_need_is_healthy(compose: dict[str, Any], name: str) -> None:
    needs = {"postgres", "valkey"} | (set() if name == "web" else {"web"})
    waits = compose["services"][name]["depends_on"]
    assert waits == {service: {"condition": "service_healthy"} for service in needs}


def test_images_of_others_name_a_version(compose: dict[str, Any]) -> None:
    for name in SERVICES - set(OURS):
        _, _, tag = compose["services"][name]["image"].partition(":")
        assert re.fullmatch(r"v?\d[\d.]*", tag), name


def test_the_postgres_is_the_one_that_the_embedded_one_is(compose: dict[str, Any]) -> None:
    from models_catalog.embedded.postgres import MAJOR

    assert compose["services"]["postgres"]["image"] == f"postgres:{MAJOR}"


def test_secrets_come_from_the_environment_and_ports_stay_on_this_machine(compose: dict[str, Any]) -> None:
    environment = compose["services"]["web"]["environment"]
    assert environment["SECRET_KEY"].startswith("${SECRET_KEY:-for-trials-only")
    assert "${POSTGRES_PASSWORD:-for-trials-only}" in environment["DATABASE_URL"]
    for service in compose["services"].values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


def test_settings_can_read_the_environment_of_compose(
    compose: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from tracker import environment

    for name, words in compose["services"]["web"]["environment"].items():
        monkeypatch.setenv(name, re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", words))
    database = environment.database("DATABASE_URL", "")
    assert (database["HOST"], database["NAME"], database["USER"]) == ("postgres", "opengap", "opengap")
    assert environment.words("ALLOWED_HOSTS") == ["127.0.0.1", "localhost"]
    assert environment.flag("HTTPS") is False


def test_the_image_is_slim_hashed_and_runs_without_root() -> None:
    lines = (CHECKOUT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert all("-slim" in line for line in lines if line.startswith("FROM "))
    assert "--require-hashes" in "".join(line for line in lines if "pip sync" in line)
    assert [line for line in lines if line.startswith("USER ")] == ["USER opengap"]


def test_what_the_image_copies_is_not_ignored() -> None:
    text = (CHECKOUT / "Dockerfile").read_text(encoding="utf-8")
    allowed = {
        line.removeprefix("!")
        for line in (CHECKOUT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    }
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE)
    assert {name for names in copied for name in names.split()} <= allowed
