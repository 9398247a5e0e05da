"""The project's Celery app, ticking every second instead of every minute (`-A tests.schedule.fast_beat beat`)."""

from tracker.celery import app

for entry in app.conf.beat_schedule.values():
    entry["schedule"] = 1.0
