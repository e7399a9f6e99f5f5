"""Settings. Whatever differs between machines comes from the environment (README, “Settings”)."""

from pathlib import Path
from urllib.parse import quote

from csp.constants import NONE, SELF
from jinja2 import StrictUndefined

from newsdesk import environment
from newsdesk.caches import cache
from newsdesk.databases import database
from newsdesk.logs import logging_settings
from newsdesk.mail import mail
from newsdesk.tracker import report_faults

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = environment.folder("DATA_DIR", BASE_DIR / ".data")

DEBUG = environment.switch("DEBUG", False)
SECRET_KEY = environment.secret_key(DATA_DIR, debug=DEBUG)
SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_FALLBACKS", "")
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_FAILURE_VIEW = "articles.decorators.form_expired"
CSRF_TRUSTED_ORIGINS = environment.origins("CSRF_TRUSTED_ORIGINS", "")
ERRATA_EMAIL = environment.mail_address("ERRATA_EMAIL", "corrections@newsdesk.example")

INSTALLED_APPS = [
    "articles",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "newsdesk.people.apps.PeopleConfig",
    "newsdesk.static.StaticFiles",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "newsdesk.logs.request_log",
    "newsdesk.methods.headers_alone",
    # What every answer says, static files and errors too.
    "newsdesk.headers.policies",
    "newsdesk.headers.ContentPolicy",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "newsdesk.timing.server_timing",
    "newsdesk.caching.cache_control",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "newsdesk.people.door.Door",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # Its pages show who has signed in.
    "newsdesk.limits.limits",
    "newsdesk.methods.only_sent_to",
]

ROOT_URLCONF = "newsdesk.urls"
WSGI_APPLICATION = "newsdesk.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "articles.pages.visitors.visitor",
            ],
        },
    },
    {
        "NAME": "fragments",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates/fragments"],
        "OPTIONS": {"environment": "articles.pages.jinja.environment", "undefined": StrictUndefined},
    },
]

DATABASES = {
    "default": database(
        environment.text("DATABASE_URL", f"sqlite:///{quote(str(DATA_DIR / 'newsdesk.sqlite3'))}"),
        pool=environment.number("DATABASE_POOL", 8),
        seconds=environment.number("STATEMENT_SECONDS", 0, most=86_400),
    )
}
CACHES = {"default": cache(environment.text("CACHE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MAIL = mail(environment.text("EMAIL_URL", ""), debug=DEBUG)
EMAIL_BACKEND = MAIL.backend
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.starttls, MAIL.tls
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.mail_address("EMAIL_FROM", ERRATA_EMAIL)

LANGUAGE_CODE = "en-gb"
USE_I18N = False
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "newsdesk.static_files.WholeSheetsStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = DEBUG

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
# New passwords take the first; others take it too when their owner signs in.
PASSWORD_HASHERS = [
    "newsdesk.people.hashers.DeskArgon2",
    *(f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("PBKDF2", "PBKDF2SHA1", "Scrypt")),
]
PASSWORD_RESET_TIMEOUT = 4 * 3600
SECOND_FACTOR_REQUIRED = environment.switch("SECOND_FACTOR_REQUIRED", False)
SIGN_INS_KEPT_DAYS = environment.number("SIGN_INS_KEPT_DAYS", 90, least=1)
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
# Also from the admin.
LOGOUT_REDIRECT_URL = "signed_out"

# Browsers count a loopback address as secure, so `make serve` can sign in over plain HTTP.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
if not DEBUG:
    # Browsers take cookies of such names over secure connections alone, for this host alone and for all of it: what
    # other hosts of the domain set is never read.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "newsdesk.people.sessions"
# No third cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
BEHIND_HTTPS_PROXY = environment.switch("BEHIND_HTTPS_PROXY", False)
# Whose X-Forwarded-For is believed. The usual proxy stands on the same machine.
TRUSTED_PROXIES = environment.networks("TRUSTED_PROXIES", "127.0.0.1,::1" if BEHIND_HTTPS_PROXY else "")
if BEHIND_HTTPS_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    # Asked by what watches the process, past the proxy.
    SECURE_REDIRECT_EXEMPT = [r"^(health|ready)z$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    # Holds for every host below the domain, and cannot be taken back for months.
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = environment.switch("HSTS_PRELOAD", False)
# Subdomains and preload lists are for the owner of the domain to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

SLOW_QUERY_MS = environment.number("SLOW_QUERY_MS", 200, least=1)
LOGGING = logging_settings(level=environment.one_of("LOG_LEVEL", "INFO", environment.LOG_LEVELS), plain=DEBUG)
report_faults(environment.text("ERROR_TRACKER_DSN", ""))
