"""The one Django app."""

from django.apps import AppConfig


class ModelsCatalogConfig(AppConfig):
    name = "models_catalog"
    verbose_name = "Open Gap"
    default_auto_field = "django.db.models.BigAutoField"
