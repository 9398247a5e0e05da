"""Addresses: pages, API, health. The admin is off on the public host unless asked for."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from models_catalog.api import api
from models_catalog.web import health

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("api/v1/", api.urls),
    path("", include("models_catalog.web.urls")),
]
if settings.ANYMAIL:  # a provider is named: its signed reports of bounces and complaints
    urlpatterns.insert(0, path("anymail/", include("anymail.urls")))
if settings.ADMIN_ENABLED:
    urlpatterns.insert(0, path("admin/", admin.site.urls))
handler400 = "models_catalog.web.views.errors.bad_request"
handler403 = "models_catalog.web.views.errors.forbidden"
handler404 = "models_catalog.web.views.errors.not_found"
handler500 = "models_catalog.web.views.errors.server_error"
