"""The Celery app and its beat lines. Postgres is the truth; the broker is only a doorbell."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

app = Celery("opengap")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "collect what is due": {"task": "models_catalog.tasks.collect_due", "schedule": 60.0},
    "heartbeat": {"task": "models_catalog.tasks.heartbeat", "schedule": 60.0},
}
