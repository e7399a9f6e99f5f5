"""The whole site: the desk, signing in and out, the admin, and how the desk is."""

from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import include, path

from newsdesk.health import healthz, readyz

urlpatterns = [
    path("", include("articles.urls")),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("admin/", admin.site.urls),
]
