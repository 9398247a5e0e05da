"""The JSON API under /api/v1/: read-only, no key. The same findings as the pages."""

from models_catalog.api import corrections, gap, lists, problems
from models_catalog.api.readable import ReadOnlyAPI

api = ReadOnlyAPI(
    title="Open Gap",
    version="1",
    description="How far open-weight AI models are behind closed ones. Every value names its source.",
    urls_namespace="api-v1",
    docs_url=None,
)
problems.install(api)
api.add_router("", lists.router, tags=["facts"])
api.add_router("", gap.router, tags=["gap"])
api.add_router("", corrections.router, tags=["facts"])
