"""Is this process alive, and can it answer? For load balancers and compose."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from models_catalog.findings.status import worker_age


@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """The database answers and is migrated. The worker's heartbeat is reported, not required: pages need none."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return JsonResponse(
            {"status": "unavailable", "reason": f"database: {type(error).__name__}"}, status=503
        )
    if waiting:
        return JsonResponse({"status": "unavailable", "reason": "migrations wait"}, status=503)
    age = worker_age()
    worker = None if age is None else round(age.total_seconds())
    return JsonResponse({"status": "ok", "worker_heartbeat_seconds": worker})
