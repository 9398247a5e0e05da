"""One settings file; everything comes from the environment through `tracker.environment`.

Without DATABASE_URL and BROKER_URL the embedded Postgres and Valkey of this checkout are used.
"""

from datetime import timedelta
from pathlib import Path

from models_catalog import embedded
from tracker import environment

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = environment.flag("DEBUG")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
SECRET_KEY = environment.text("SECRET_KEY") or embedded.secret_key()

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.admin",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "csp",
    "django_htmx",
    "ninja",
    "anymail",
    "models_catalog",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "compression_middleware.middleware.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "models_catalog.web.one_view.OneView",
    "models_catalog.web.staying.Staying",
]

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
                "models_catalog.web.context.site",
            ],
            "builtins": ["models_catalog.web.templatetags.figures"],
        },
    }
]

DATABASES = {
    "default": environment.database("DATABASE_URL", embedded.database_url())
    | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
}
# tracker.wsgi sets it for the web's processes; an admin takes pages in, which takes longer.
if (milliseconds := environment.number("OPENGAP_STATEMENT_TIMEOUT_MS", 0)) and not environment.flag(
    "ADMIN_ENABLED"
):
    environment.limit_statements(DATABASES["default"], milliseconds)
CACHES = {
    "default": {
        "BACKEND": "models_catalog.findings.live_objects.LiveObjects",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
    "pages": {  # rendered for one generation: see web.kept
        "BACKEND": "models_catalog.findings.live_objects.LiveObjects",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
    "limits": environment.shared_cache(environment.text("BROKER_URL", embedded.broker_url())),
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False

STATIC_URL = "static/"
STATIC_ROOT = Path(environment.text("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or environment.flag("OPENGAP_PLAIN_STATIC")
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- Security -------------------------------------------------------------------------------------
HTTPS = environment.flag("HTTPS")
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from inside, without the proxy
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_FAILURE_VIEW = "models_catalog.web.views.errors.refused_form"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "img-src": ["'self'", "data:"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
ADMIN_ENABLED = environment.flag("ADMIN_ENABLED")  # off on the public host by default

# --- Celery (reliability.md, "Celery and Postgres") -----------------------------------------------
CELERY_BROKER_URL = environment.text("BROKER_URL", embedded.broker_url())
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_RETRY_ON_WORKER_LOST = True  # celery#9082: reject_on_worker_lost requeues for ever
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SOFT_TIME_LIMIT = environment.number("OPENGAP_TASK_SOFT_SECONDS", 600)
CELERY_TASK_TIME_LIMIT = environment.number("OPENGAP_TASK_HARD_SECONDS", 660)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 7200,
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
}
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False

# --- Open Gap -------------------------------------------------------------------------------------
OPENGAP_DATA = Path(environment.text("OPENGAP_DATA", str(embedded.data_folder())))
OPENGAP_CONTACT = environment.text("OPENGAP_CONTACT", "https://github.com/open-gap/open-gap/issues")
OPENGAP_LEASE: timedelta = environment.seconds("OPENGAP_LEASE_SECONDS", 900)
OPENGAP_BOOTSTRAP_DRAWS = environment.number("OPENGAP_BOOTSTRAP_DRAWS", 1000, low=20)
# --- The API ---------------------------------------------------------------------------------------
OPENGAP_API_RATE = environment.number("OPENGAP_API_RATE", 60)  # requests a minute and client; 0 = any number
# Proxies whose X-Forwarded-For is believed, as networks: "10.0.0.0/8,127.0.0.1". None by default. The limits of
# subscribing count by it, too.
OPENGAP_TRUSTED_PROXIES = environment.networks("OPENGAP_TRUSTED_PROXIES")
# Point sources elsewhere: "openrouter=/path/to/folder,epoch=http://127.0.0.1:9000"
OPENGAP_MIRRORS = environment.pairs("OPENGAP_MIRRORS")
if HF_ENDPOINT := environment.text("HF_ENDPOINT"):  # the Hub's own word for the same
    OPENGAP_MIRRORS.setdefault("huggingface", HF_ENDPOINT)
OPENGAP_HUB_TAIL = environment.flag(
    "OPENGAP_HUB_TAIL"
)  # who is who is made anew from every repository stored
HF_TOKEN = environment.text("HF_TOKEN")  # a free one doubles the Hub's limit

# --- The weekly digest and its mail ---------------------------------------------------------------
OPENGAP_SITE = environment.site("OPENGAP_SITE", "http://127.0.0.1:8000")  # in mails: never the Host header
globals().update(environment.mail("EMAIL_URL"))
EMAIL_TIMEOUT = environment.number("EMAIL_TIMEOUT_SECONDS", 30, low=1)
EMAIL_FILE_PATH = OPENGAP_DATA / "mailbox"
DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM", "Open Gap <digest@localhost.localdomain>")
ANYMAIL = environment.pairs("ANYMAIL")  # a provider's keys and WEBHOOK_SECRET, as django-anymail names them
OPENGAP_MAILBOX = environment.flag("OPENGAP_MAILBOX")  # show the folder's mails at /mailbox/: for a demo only
OPENGAP_MAIL_PER_SECOND = environment.number("OPENGAP_MAIL_PER_SECOND", 10, low=1)
OPENGAP_MAIL_LEASE: timedelta = environment.seconds("OPENGAP_MAIL_LEASE_SECONDS", 120)
OPENGAP_MAIL_PAUSE: timedelta = environment.seconds("OPENGAP_MAIL_PAUSE_SECONDS", 60)
OPENGAP_MAIL_SENDERS = environment.number("OPENGAP_MAIL_SENDERS", 1, low=1)
# Where mail to us comes in, to be read for unsubscribing, bounces and complaints; without one none is invited.
OPENGAP_INBOX = environment.inbox("OPENGAP_INBOX")
OPENGAP_INBOX_ADDRESS = environment.address("OPENGAP_INBOX_ADDRESS")
OPENGAP_DIGEST_HOUR = environment.number("OPENGAP_DIGEST_HOUR", 8, high=23)

# Keys that owners give out, by source: without one its source is off
OPENGAP_KEYS = {
    "artificial-analysis": environment.text("ARTIFICIAL_ANALYSIS_API_KEY"),
    "together": environment.text("TOGETHER_API_KEY"),
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "INFO").upper()},
}
