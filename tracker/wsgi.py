"""The WSGI entry point (gunicorn tracker.wsgi)."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
application = get_wsgi_application()
assert (
    get_resolver().url_patterns
)  # every page is imported now: with gunicorn's --preload once for all workers
