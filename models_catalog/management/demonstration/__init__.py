"""The parts of `manage.py demo`: the play, its services, and what it shows."""
