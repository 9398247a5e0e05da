"""The WSGI entry point (gunicorn tracker.wsgi)."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
os.environ.setdefault("OPENGAP_STATEMENT_TIMEOUT_MS", "2000")  # a reader's question may not hold the database
application = get_wsgi_application()
assert (
    get_resolver().url_patterns
)  # every page is imported now: with gunicorn's --preload once for all workers
