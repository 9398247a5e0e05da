"""The one Django app, and the checks of its settings: what is wrong is said before anything runs."""

from collections.abc import Iterator

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

from models_catalog.fetch.route import is_address, mirror_folder
from models_catalog.sources import SOURCES


class ModelsCatalogConfig(AppConfig):
    name = "models_catalog"
    verbose_name = "Open Gap"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        checks.register(check_mirrors)
        from models_catalog.digests.feedback import listen  # noqa: PLC0415 - tables are there only now

        listen()


def check_mirrors(**_asked: object) -> list[checks.CheckMessage]:
    """Does every mirror name a source and something that can stand in for it?"""
    return [
        checks.Error(said, hint=hint, id="models_catalog.E001")
        for slug, mirror in settings.OPENGAP_MIRRORS.items()
        for said, hint in faults_of(slug, mirror)
    ]


def faults_of(slug: str, mirror: str) -> Iterator[tuple[str, str]]:
    if slug not in {source.slug for source in SOURCES}:
        yield (
            f"OPENGAP_MIRRORS names a source {slug!r}, and there is none.",
            "`manage.py sources` lists them.",
        )
    folder = mirror_folder(mirror)
    if folder is not None and not folder.is_dir():
        yield (
            f"OPENGAP_MIRRORS points {slug} at {mirror!r}, which is no folder.",
            "Name a folder that exists, or an address that begins with http:// or https://.",
        )
    if folder is None and not is_address(mirror):
        yield (
            f"The mirror of {slug} is not an address that can be asked.",
            "It needs http:// or https://, a host and no login, as http://127.0.0.1:9000 (for the Hub: HF_ENDPOINT).",
        )
