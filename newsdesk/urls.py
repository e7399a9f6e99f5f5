"""The whole site: the desk, signing in and out, the admin, and how the desk is."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from newsdesk.health import healthz, readyz

handler400 = "newsdesk.limits.refused"

urlpatterns = [
    path("", include("articles.urls")),
    path("", include("newsdesk.people.urls")),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    # One front door: the admin has none of its own.
    path("admin/login/", RedirectView.as_view(pattern_name="sign_in", query_string=True)),
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_password")),
    path("admin/", admin.site.urls),
]
handler500 = "newsdesk.unavailable.server_error"
