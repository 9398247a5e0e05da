"""The Django project. Importing it makes the Celery app known, so tasks find their broker."""

from tracker.celery import app as celery_app

__all__ = ["celery_app"]
