"""The locks: every package pinned and hashed, and no word about the machine that wrote them."""

import re
import tomllib

import pytest

from models_catalog.embedded.places import CHECKOUT

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-uv.lock")


def text(name: str) -> str:
    return (CHECKOUT / name).read_text(encoding="utf-8")


def pins(name: str) -> dict[str, str]:
    """Package to version (with its marker), as the lock says."""
    return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==([^\\\n]+)", text(name), re.MULTILINE))


def versions(name: str) -> dict[str, str]:
    """Without markers: a tool may need everywhere what the product needs on some systems."""
    return {package: pin.split(";")[0].strip() for package, pin in pins(name).items()}


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_and_hashed(name: str) -> None:
    blocks = re.split(r"^(?=[a-z0-9])", text(name), flags=re.MULTILINE)[1:]
    assert len(blocks) >= len(pins(name)) > 0
    assert all("==" in block and "--hash=sha256:" in block for block in blocks)


@pytest.mark.parametrize("name", LOCKS)
def test_no_host_and_no_path_of_a_machine_is_named(name: str) -> None:
    assert not re.search(r"https?:|file:|--(extra-)?index|--find-links|(?<![.\w])/\w+/", text(name))


def test_the_development_lock_holds_all_of_the_other_at_the_same_versions() -> None:
    assert versions("requirements.lock").items() <= versions("requirements-dev.lock").items()


def test_the_lock_follows_the_project_file() -> None:
    project = tomllib.loads(text("pyproject.toml"))
    locked = versions("requirements.lock")
    for wanted in project["project"]["dependencies"]:
        name, _, version = re.sub(r"\[.*?\]", "", wanted).partition("==")
        assert name in locked
        assert version in {"", locked[name]}
    for wanted in project["dependency-groups"]["dev"]:
        assert re.sub(r"\[.*?\]", "", wanted) in pins("requirements-dev.lock")
