"""Ground floor: the embedded Postgres and Valkey of this checkout. Standard library only, no Django.

Settings ask for addresses (nothing is started); manage.py wraps its command in `attached`.
"""

from models_catalog.embedded.attachment import Attachment, attach, attached
from models_catalog.embedded.places import EmbeddedError, broker_url, data_folder, database_url, secret_key

__all__ = [
    "Attachment",
    "EmbeddedError",
    "attach",
    "attached",
    "broker_url",
    "data_folder",
    "database_url",
    "secret_key",
]
