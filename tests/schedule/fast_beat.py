"""The project's Celery app whose clock ticks every second instead of every minute (`-A tests.schedule.fast_beat beat`).

Only what collects: mail and bulk files every second would be more work than a slow machine gets done, and the tick
would wait behind it for ever.
"""

from tracker.celery import app

TICKING = ("heartbeat", "collect what is due")
app.conf.beat_schedule = {
    name: entry | {"schedule": 1.0, "options": {"expires": 30.0}}
    for name, entry in app.conf.beat_schedule.items()
    if name in TICKING
}
