"""The Celery app and its beat lines. Postgres is the truth; the broker is only a doorbell."""

import os
import signal

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_process_init

from models_catalog.embedded.tether import end_with_parent
from tracker import environment
from tracker.broker import use_transport

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

use_transport()
app = Celery("opengap")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# A tick nobody took before the next one is worth nothing: a slow worker must not find hundreds of them.
app.conf.beat_schedule = {
    "heartbeat": {"task": "models_catalog.tasks.heartbeat", "schedule": 60.0, "options": {"expires": 60.0}},
    "compose the digest": {
        "task": "models_catalog.tasks.compose_digest",
        "schedule": 600.0,
        "options": {"expires": 600.0},
    },
    "send mail": {"task": "models_catalog.tasks.send_mail", "schedule": 10.0, "options": {"expires": 10.0}},
    "write the bulk files": {
        "task": "models_catalog.tasks.export_data",
        "schedule": crontab(hour="4", minute="7"),
    },
}
if environment.flag("OPENGAP_COLLECT", default=True):  # off: a demo of recorded payloads asks no source
    app.conf.beat_schedule["collect what is due"] = {
        "task": "models_catalog.tasks.collect_due",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    }

if environment.text("OPENGAP_INBOX"):
    app.conf.beat_schedule["read mail"] = {"task": "models_catalog.tasks.read_mail", "schedule": 300.0}


@worker_process_init.connect
def end_with_worker(**_: object) -> None:
    """A killed worker takes its pool along: no task goes on in a process that nobody knows of."""
    end_with_parent(signal.SIGKILL)
