"""The addresses as they are with ADMIN_ENABLED=1."""

from django.contrib import admin
from django.urls import path

from tracker.urls import urlpatterns as public

urlpatterns = [path("admin/", admin.site.urls), *public]
