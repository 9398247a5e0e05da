"""Which raw payloads must the archive hold?"""

from __future__ import annotations

from models_catalog.models import Fetch, Run


def wanted_payloads() -> dict[str, str]:
    """SHA-256 -> where it came from, of every page that arrived here. Shipped facts brought no bytes."""
    rows = Fetch.objects.exclude(sha256="").exclude(run__trigger=Run.Trigger.SHIPPED).order_by("id")
    return {
        sha256: f"{source}/{board} of {observed_at:%Y-%m-%d}"
        for sha256, source, board, observed_at in rows.values_list("sha256", "source", "board", "observed_at")
    }
