"""`makemigrations --check`: what the models say is what the migrations make."""

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_models_and_migrations_agree(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("makemigrations", check=True, dry_run=True)
    assert capsys.readouterr().out == "No changes detected\n"
