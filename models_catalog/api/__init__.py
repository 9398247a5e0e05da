"""The JSON API under /api/v1/: read-only, no key. The same findings as the pages."""

from models_catalog.api import (
    catalogue,
    changes,
    claims,
    corrections,
    digests,
    exports,
    facts,
    gap,
    measured,
    models,
    names,
    openness,
    platforms,
    prices,
    problems,
    shares,
    sources,
)
from models_catalog.api.readable import ReadOnlyAPI

api = ReadOnlyAPI(
    title="Open Gap",
    version="1",
    description="How far open-weight AI models are behind closed ones. Every value names its source.",
    urls_namespace="api-v1",
    docs_url="/docs",
)
problems.install(api)
for tag, router in (
    ("gap", gap.router),
    ("gap", measured.router),
    ("models", models.router),
    ("models", catalogue.router),
    ("models", names.router),
    ("models", openness.router),
    ("facts", facts.router),
    ("studies", prices.router),
    ("studies", shares.router),
    ("facts", platforms.router),
    ("evidence", changes.router),
    ("evidence", corrections.router),
    ("evidence", sources.router),
    ("claims", claims.router),
    ("digest", digests.router),
    ("bulk", exports.router),
):
    api.add_router("", router, tags=[tag])
