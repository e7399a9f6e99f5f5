"""Settings for tests: those of production, with a fast password hasher and plain static files."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only for tests")
os.environ.setdefault("DATA_DIR", tempfile.gettempdir())

from newsdesk.settings import *  # noqa: F403
from newsdesk.settings import CACHES, STORAGES

DEBUG = False
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
# Cookies of production's names are secure ones only.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "sessionid", "csrftoken"

# On Redis each worker has a database of its own, as it empties it after each test.
if location := CACHES["default"].get("LOCATION"):
    own = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    CACHES = {"default": {**CACHES["default"], "LOCATION": f"{location.rpartition('/')[0]}/{own}"}}
