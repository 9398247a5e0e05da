"""A mirror that cannot be one is said before anything runs, with a hint."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from pytest_django import Settings

from models_catalog.apps import check_mirrors


@pytest.mark.parametrize(
    ("slug", "mirror", "words"),
    [
        ("openrouter", "http://", "The mirror of openrouter is not an address"),
        ("openrouter", "ftp://host/", "The mirror of openrouter is not an address"),
        ("huggingface", "https://me:secret@host", "The mirror of huggingface is not an address"),
        ("openrouter", "no/such/folder", "which is no folder"),
        ("nowhere", "http://127.0.0.1:9000", "a source 'nowhere', and there is none"),
    ],
)
def test_a_mirror_that_cannot_be_one_is_named_with_a_hint(
    settings: Settings, slug: str, mirror: str, words: str
) -> None:
    settings.OPENGAP_MIRRORS = {slug: mirror}
    [error] = check_mirrors()
    assert words in error.msg
    assert error.hint
    assert "secret" not in error.msg


def test_an_address_and_a_folder_may_be_mirrors(settings: Settings, tmp_path: Path) -> None:
    settings.OPENGAP_MIRRORS = {"openrouter": "http://127.0.0.1:9000", "epoch": str(tmp_path)}
    assert check_mirrors() == []


def test_a_command_ends_with_the_sentence_before_it_begins(settings: Settings) -> None:
    settings.OPENGAP_MIRRORS = {"openrouter": "ftp://host/"}
    with pytest.raises(SystemCheckError, match="is not an address that can be asked"):
        call_command("check", stdout=io.StringIO(), stderr=io.StringIO())
