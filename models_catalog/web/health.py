"""Is this process alive, and can it answer? For load balancers and compose."""

from __future__ import annotations

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from models_catalog.findings.status import worker_age


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """The database answers and is migrated. The worker's heartbeat is reported, not required: pages need none."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        age = None if waiting else worker_age()
    except Error as error:
        return unavailable(f"database: {type(error).__name__}")
    if waiting:
        return unavailable("migrations wait")
    worker = None if age is None else round(age.total_seconds())
    return JsonResponse({"status": "ok", "worker_heartbeat_seconds": worker})


def unavailable(reason: str) -> JsonResponse:
    return JsonResponse({"status": "unavailable", "reason": reason}, status=503)
