"""The admin: every table to look at, nothing to edit, and the two decisions a reviewer takes.

What was observed is never changed by hand. A page in quarantine is accepted or rejected here with a reason, by
the same rules as `manage.py gate`; a name that waits is given its model, as by `manage.py aliases accept`; a source
that was disabled can be enabled again.
"""

from models_catalog.admin import collection, facts, mail, names, pages

__all__ = ["collection", "facts", "mail", "names", "pages"]
