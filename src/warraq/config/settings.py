"""Django's settings, made from the paper's configuration. Nothing else in the tree reads the environment."""

from __future__ import annotations

import os
import secrets
import zoneinfo
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from warraq.config import paper, postgresql, sqlite

PACKAGE = Path(__file__).resolve().parent.parent
PAPER = paper.load(paper.folder_of())
IN_POSTGRESQL = bool(PAPER.database.url)
if not IN_POSTGRESQL:
    sqlite.use(PAPER.database.sqlite)  # before Django imports the system's

SECRET_KEY = PAPER.secret() or secrets.token_urlsafe(50)  # without one nobody stays logged in; the newsroom refuses
DEBUG = False
ALLOWED_HOSTS = list(PAPER.newsroom.hosts)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in PAPER.newsroom.hosts if host not in {"127.0.0.1", "[::1]"}]

INSTALLED_APPS = [
    "warraq.press",
    "warraq.design",
    "warraq.newsroom",
    "warraq.comments",
    "warraq.readership",
    "warraq.search",
    "warraq.intake",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "warraq.newsroom.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",  # nothing offers them; Wagtail's screens do not come up without
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
if IN_POSTGRESQL:
    INSTALLED_APPS.append("django.contrib.postgres")  # the staff's search is its full-text search
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "warraq.newsroom.middleware.PaperTimeZone",
    "warraq.newsroom.middleware.TruthAboutThePress",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
ROOT_URLCONF = "warraq.config.urls"
WSGI_APPLICATION = "warraq.config.wsgi.application"

DATABASES = {
    "default": postgresql.django(PAPER.database)
    if IN_POSTGRESQL
    else sqlite.django(
        PAPER.database_file, timeout_seconds=PAPER.database.timeout_seconds, tests=PAPER.folder / "test.sqlite3"
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = PAPER.newsroom.language
LANGUAGES = [("ar", "العربية"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = "warraq.newsroom.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [("warraq", PACKAGE / "design" / "icons")]
STATIC_ROOT = None  # WhiteNoise serves the apps' own folders; nothing is collected
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
MEDIA_URL = "/media/"
MEDIA_ROOT = PAPER.media
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # Wagtail's editor of a long article sends several fields a block
DATA_UPLOAD_MAX_MEMORY_SIZE = (PAPER.newsroom.upload_megabytes + 1) * 2**20

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "warraq_newsroom"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail shows its preview in a frame of its own
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"

WAGTAIL_SITE_NAME = _("Newsroom")
WAGTAILADMIN_BASE_URL = f"http://{PAPER.newsroom.host}:{PAPER.newsroom.port}"
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_CONTENT_LANGUAGES = [("ar", "العربية")]
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_USER_TIME_ZONES = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone or zone == "UTC")
WAGTAILADMIN_USER_LOGIN_FORM = "warraq.newsroom.forms.NewsroomLoginForm"
WAGTAIL_PASSWORD_RESET_ENABLED = False  # no mail leaves the newsroom; an administrator sets a new one
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
WAGTAIL_ENABLE_UPDATE_CHECK = False  # no request leaves the newsroom
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_MODERATION_ENABLED = True
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # an embed is a link card; nothing is fetched
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "warraq.search.staff", "SEARCH_CONFIG": "simple"}}
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif", "gif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = PAPER.newsroom.upload_megabytes * 2**20
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_IMAGE_MODEL = "newsroom.Photo"
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_TAGS_FROM_STRING = "warraq.newsroom.tags.tags_from_string"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"warraq": {"level": "INFO"}, "wagtail": {"level": "WARNING"}},
}

# What the rooms below need to know of the operator's choices; they never import this package.
WARRAQ_PRESSED = PAPER.pressed
WARRAQ_SPOOL = PAPER.spool
WARRAQ_SPOOL_PAPER = PAPER.fronts.paper
WARRAQ_INDEX = PAPER.index
WARRAQ_BELL = PAPER.run / "pressroom.bell"
WARRAQ_READY = PAPER.run / paper.READY
WARRAQ_ORIGIN = PAPER.front.origin
WARRAQ_READERS = PAPER.readers
WARRAQ_GRACE_SECONDS = PAPER.press.grace_days * 86_400
WARRAQ_BROTLI_QUALITY = PAPER.press.brotli_quality
WARRAQ_BUCKET = PAPER.bucket
WARRAQ_BUCKET_SECRET_FILE = PAPER.bucket_secret_file
WARRAQ_RANKING_INTERVAL_SECONDS = PAPER.readership.ranking_interval_seconds
WARRAQ_SECTION_RANKING_INTERVAL_SECONDS = PAPER.readership.section_ranking_interval_seconds
WARRAQ_REPEAT_SECONDS = PAPER.readership.repeat_minutes * 60
WARRAQ_KEEP_DAYS = PAPER.readership.keep_days

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "warraq.config.settings")
