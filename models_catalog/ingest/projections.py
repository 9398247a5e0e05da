"""What is derived from stored facts and shown: the catalogue, who each name is, the cheapest offers.

`Generation` remembers up to which commit that has been done, so that whoever was killed in between, or whose
message was lost, is made good by the next tick.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from models_catalog.ingest.identity import Refreshed, refresh_identity
from models_catalog.ingest.offers import refresh_offers
from models_catalog.models import AIModel, Generation, ModelVersion
from models_catalog.models.versions import record_versions


@transaction.atomic
def refresh_projections() -> Refreshed:
    """Make all of it again. Nothing original is touched; safe to run at any time."""
    known = refresh_identity()
    refresh_offers()
    record_versions()
    Generation.objects.filter(pk=1).update(projected_at=F("recorded_at"))
    return known


def is_projected() -> bool:
    """Has every stored fact been taken in, and the catalogue's state been kept (older releases kept none)?"""
    if AIModel.objects.exists() and not ModelVersion.objects.exists():
        return False
    return not Generation.objects.filter(pk=1).exclude(projected_at__gte=F("recorded_at")).exists()
