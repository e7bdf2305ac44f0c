"""All settings, read from the environment; docs/operations.md describes each variable."""

from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from circle.environment import BASE_DIR, RUNNING_TESTS, env, read_setting, read_switch, read_url


def read_sealing_keys(name: str, default: list[str]) -> list[str]:
    keys: list[str] = env.list(name, default=default)
    for key in keys:
        Fernet(key)
    return keys


DEBUG = read_switch("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not (DEBUG or RUNNING_TESTS):
        raise ImproperlyConfigured(
            "The environment variable SECRET_KEY is missing: set it to a long random text, and store it"
        )
    SECRET_KEY = "only-for-debug-and-tests-" + "x" * 40
# Encryption at rest (circle/identifiers/encryption.py): the first key encrypts, all decrypt. While the index
# key changes, the old one is INDEX_KEY_BEFORE until `rotate_keys` has written every index anew.
FIELD_KEYS = read_setting("FIELD_KEYS", read_sealing_keys, [], "a list of Fernet keys divided by commas")
INDEX_KEY = env.str("INDEX_KEY", default="")
INDEX_KEY_BEFORE = env.str("INDEX_KEY_BEFORE", default="")
if not (FIELD_KEYS and INDEX_KEY):
    if not (DEBUG or RUNNING_TESTS):
        raise ImproperlyConfigured(
            "The environment variable FIELD_KEYS or INDEX_KEY is missing: phones are stored encrypted, "
            "docs/operations.md says how to make the keys"
        )
    FIELD_KEYS = ["only-for-debug-and-tests-" + "x" * 18 + "="]
    INDEX_KEY = "only-for-debug-and-tests"
# For backups (`back_up`): the first key encrypts, all open; empty leaves them in clear.
BACKUP_KEYS = read_setting("BACKUP_KEYS", read_sealing_keys, [], "a list of Fernet keys divided by commas")
ALLOWED_HOSTS = read_setting("ALLOWED_HOSTS", env.list, [], "a list of host names divided by commas")
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS if host != "*"]
# Off only for a plain-http demo or test; everything below that needs TLS depends on it.
HTTPS = read_switch("HTTPS", default=not (DEBUG or RUNNING_TESTS))
# The portal's address in messages and group posts; pages take theirs from the request.
SITE_URL = env.str("SITE_URL", default=f"https://{ALLOWED_HOSTS[0]}" if ALLOWED_HOSTS else "").rstrip("/")
# Addresses of vendors' gateways; plain http only for demo and test, since the body holds phone numbers.
GATEWAYS = ("https://",) if HTTPS else ("https://", "http://127.0.0.1:")

INSTALLED_APPS = [
    "whitenoise.runserver_nostatic",
    "circle.apps.CircleAdminConfig",
    "allauth",
    "allauth.account",  # before circle, which takes their tables out of the back office
    "allauth.mfa",
    "allauth.usersessions",
    "circle",
    "services",
    "eldercare",
    "childcare",
    "council",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.forms",
    "csp",
    "django_htmx",
]
MIDDLEWARE = [
    "circle.web.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "circle.web.hostile_input.HostileInputMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "circle.permissions.sign_in_policy.SignInMethodMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "circle.permissions.sign_in_policy.IdleSignOutMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "circle.web.middleware.PortalMiddleware",
    "circle.accounts.session_store.SlidingSessionMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "circle.urls"
WSGI_APPLICATION = "circle.wsgi.application"
AUTH_USER_MODEL = "circle.User"
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
                "circle.web.context_processors.site_context",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "circle.forms.Renderer"


# Database ---------------------------------------------------------------------------------------------------
def complete_database(found: dict[str, Any]) -> dict[str, Any]:
    """The parsed URL with what this portal needs of either engine."""
    # Opening a connection costs more than most queries, on SQLite because of its PRAGMAs.
    found = found | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    if found["ENGINE"] == "django.db.backends.postgresql":
        return found
    if found["ENGINE"] != "django.db.backends.sqlite3":
        raise ImproperlyConfigured(
            "The environment variable DATABASE_URL is neither sqlite:// nor postgres://"
        )
    # IMMEDIATE: with SQLite's own default two writers that read first die with "database is locked".
    # recursive_triggers: without it INSERT OR REPLACE slips past a delete trigger.
    pragmas = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
    )
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
    # A file, as threads lock each other out in memory; tests/conftest.py adds the run's process to its name.
    return found | {"OPTIONS": options, "TEST": {"NAME": BASE_DIR / "test.sqlite3"}}


DATABASES = {
    "default": complete_database(
        read_url(
            "DATABASE_URL",
            env.db_url,
            f"sqlite:///{BASE_DIR / 'circle.sqlite3'}",
            "postgres://user:…@host/name",
        )
    )
}

CACHES = {
    "default": read_url("CACHE_URL", env.cache_url, "dbcache://circle_cache", "rediscache://host:6379/1"),
}
KEEP_PAGES = not RUNNING_TESTS  # public pages, in the process (circle/web/page_cache.py)
if CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache":
    # Sign-in counts attempts here. The default of at most 300 entries would drop counts, and whoever fills
    # the table would be rid of every limit.
    CACHES["default"].setdefault("OPTIONS", {}).setdefault("MAX_ENTRIES", 100_000)
vars().update(read_url("EMAIL_URL", env.email_url, "consolemail://", "smtp+tls://user:…@host:587"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="circle@localhost")
EMAIL_TIMEOUT = 20
# Whom /.well-known/security.txt names: mailto: or https://.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default=f"mailto:{DEFAULT_FROM_EMAIL}")
# Where text messages go: console:// prints them, file:///directory writes one file for each, https://… is a
# vendor's gateway, in the shape that SMS_GATEWAY gives (docs/operations.md). The same for WeChat.
SMS_URL = env.str("SMS_URL", default="console://")
if not SMS_URL.startswith(("console://", "file:///", *GATEWAYS)):
    raise ImproperlyConfigured(
        "The environment variable SMS_URL is neither console://, nor file:///directory, nor https://gateway"
    )
SMS_GATEWAY = read_setting("SMS_GATEWAY", env.json, {}, "a JSON object")
SMS_SECRET = env.str("SMS_SECRET", default="")
WECHAT_URL = env.str("WECHAT_URL", default="")
if WECHAT_URL and not WECHAT_URL.startswith(GATEWAYS):
    raise ImproperlyConfigured("The environment variable WECHAT_URL is not an https:// address")
WECHAT_GATEWAY = read_setting("WECHAT_GATEWAY", env.json, {}, "a JSON object")
WECHAT_SECRET = env.str("WECHAT_SECRET", default="")
# The robot of each community's group in 企业微信, by the community's short name: {"jinyuan": "https://…?key=…"}.
GROUP_ROBOTS = read_setting("GROUP_ROBOTS", env.json, {}, "a JSON object")
if not isinstance(GROUP_ROBOTS, dict) or not all(
    str(url).startswith(("console://", *GATEWAYS)) for url in GROUP_ROBOTS.values()
):
    raise ImproperlyConfigured(
        "The environment variable GROUP_ROBOTS is not a JSON object of https:// addresses (or console://)"
    )
# Sign-in with WeChat (circle/accounts/wechat.py); empty: not offered.
WECHAT_APP_ID = env.str("WECHAT_APP_ID", default="")
WECHAT_APP_SECRET = env.str("WECHAT_APP_SECRET", default="")
WECHAT_SIGN_IN_URL = env.str("WECHAT_SIGN_IN_URL", default="https://open.weixin.qq.com/connect/qrconnect")
WECHAT_API_URL = env.str("WECHAT_API_URL", default="https://api.weixin.qq.com").rstrip("/")
if bool(WECHAT_APP_ID) != bool(WECHAT_APP_SECRET):
    raise ImproperlyConfigured(
        "The environment variable WECHAT_APP_ID or WECHAT_APP_SECRET is missing: WeChat needs both"
    )
if not (WECHAT_SIGN_IN_URL.startswith(GATEWAYS) and WECHAT_API_URL.startswith(GATEWAYS)):
    raise ImproperlyConfigured(
        "The environment variable WECHAT_SIGN_IN_URL or WECHAT_API_URL is not an https:// address"
    )

# Language and time ------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["circle.formats"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# Where `tick` appends the last position and digest of the audit chain; best on a disk of another machine.
ANCHOR_FILE = env.str("ANCHOR_FILE", default="")

# After so many minutes /readyz tells of a message that nobody has sent, of a missing `tick`; 0: never.
IS_WATCHED = not (DEBUG or RUNNING_TESTS)
READY_OUTBOX_MINUTES = read_setting("READY_OUTBOX_MINUTES", env.int, 15 * IS_WATCHED, "a number of minutes")
READY_TICK_MINUTES = read_setting("READY_TICK_MINUTES", env.int, 10 * IS_WATCHED, "a number of minutes")
# Who is told of a nightly unit that failed, beside the directors.
OPERATOR_EMAIL = read_setting("OPERATOR_EMAIL", env.list, [], "a list of mail addresses divided by commas")
# Shown while the database, which knows the community's own number, cannot be reached.
SITE_PHONE = env.str("SITE_PHONE", default="")

# Files ------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(BASE_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or RUNNING_TESTS
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# A font with Chinese characters for the pictures of notices; empty: one of those that systems usually have.
PICTURE_FONT = env.str("PICTURE_FONT", default="")

# Tiles of the street map, such as https://tiles.example.org/{z}/{x}/{y}.png; empty: streets only.
MAP_TILE_URL = env.str("MAP_TILE_URL", default="")
if MAP_TILE_URL and not MAP_TILE_URL.startswith("https://"):
    raise ImproperlyConfigured("The environment variable MAP_TILE_URL is not an https:// address")
# The map's attribution, and the approval number (审图号) that a public map must show in China.
MAP_TILE_ATTRIBUTION = env.str("MAP_TILE_ATTRIBUTION", default="")
MAP_APPROVAL_NUMBER = env.str("MAP_APPROVAL_NUMBER", default="")
if MAP_TILE_URL and not (MAP_TILE_ATTRIBUTION and MAP_APPROVAL_NUMBER):
    raise ImproperlyConfigured(
        "The environment variable MAP_TILE_ATTRIBUTION or MAP_APPROVAL_NUMBER is missing: "
        "map tiles are shown with both or not at all"
    )

# Safety -----------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if read_switch("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # ends with the browser
CSRF_FAILURE_VIEW = "circle.views.errors.csrf_failure"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "circle.accounts.password_rules.CharacterKindsValidator"},
]

# Sign-in (circle/accounts): residents by a code sent to their phone, staff by e-mail and password -----------
# Not cached_db: it would write the phone number, unsealed, into the cache.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_SERIALIZER = "circle.accounts.session_store.SealedSerializer"
SESSION_COOKIE_AGE = 14 * 24 * 3600
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "me"
LOGOUT_REDIRECT_URL = "home"
# Not allauth's own backend, which searches the address in lower case: stored ones may have capitals.
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "circle.backoffice.post_permissions.PostBackend",
]
ACCOUNT_ADAPTER = "circle.accounts.allauth_adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "circle.accounts.other_sign_in_forms.StaffSignInForm",
    "request_login_code": "circle.accounts.sign_in_forms.PhoneForm",
    "confirm_login_code": "circle.accounts.sign_in_forms.CodeForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"phone", "email"}
# Nobody can sign up; without "password1" here allauth takes the password off the staff's form.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# The views decide: a signed-in resident must still be able to open the staff's sign-in page.
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_TIMEOUT = 45 * 60
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 3
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
# Codes per phone number: circle/actions/sign_in.py. A hall's Wi-Fi is one address for all visitors.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "120/h/ip",
    "try_login_code": f"{ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS}/h/key",
    "use_pass": "60/10m/ip",
    "wechat": "60/10m/ip",
    "login": "120/m/ip",
    "login_failed": "30/m/ip,5/10m/key",
    "login_failed_everywhere": "60/h/key",  # above the 30 that one connection can reach in an hour
    "check_message": "60/10m/ip",
    "find_booking": "60/10m/ip,5/10m/key",
    "find_progress": "30/10m/ip,5/10m/key",
}
# Whoever holds a post (but for BY_PHONE in circle/models/roles.py) needs an app's code or a passkey as well.
REQUIRE_SECOND_FACTOR = read_switch("REQUIRE_SECOND_FACTOR", default=not (DEBUG or RUNNING_TESTS))
STAFF_IDLE_MINUTES = read_setting("STAFF_IDLE_MINUTES", env.int, 30, "a number of minutes")
MFA_ADAPTER = "circle.accounts.second_factor.Adapter"
MFA_FORMS = {
    "authenticate": "circle.accounts.second_factor.CodeForm",
    "activate_totp": "circle.accounts.second_factor.ActivateForm",
    "add_webauthn": "circle.accounts.second_factor.PasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True  # also while others' failures have locked an address and its password
MFA_ALLOW_UNVERIFIED_EMAIL = True  # staff get their address from the director, nobody signs up
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
# json: one line for each request and fault, without anything about a person; text: faults alone, for people.
LOG_FORMAT = env.str("LOG_FORMAT", default="text" if DEBUG or RUNNING_TESTS else "json")
if LOG_FORMAT not in ("json", "text"):
    raise ImproperlyConfigured(f"The environment variable LOG_FORMAT is not json or text: {LOG_FORMAT!r}")
SLOW_REQUEST_MS = read_setting("SLOW_REQUEST_MS", env.int, 1000, "a number of milliseconds")
# Django's own handlers would print the addresses of requests beside ours.
UNHANDLED: dict[str, Any] = {"handlers": [], "level": "INFO", "propagate": True}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "circle.web.json_log.JsonFormatter"}, "text": {}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "circle.web.request_log": {"level": "INFO" if LOG_FORMAT == "json" else "WARNING"},
        **({"django": UNHANDLED, "django.server": UNHANDLED} if LOG_FORMAT == "json" else {}),
    },
}

# The site's owner in the footer of every page; an empty line is left out ------------------------------------
SITE_SPONSOR_ZH = env.str("SITE_SPONSOR_ZH", default="")
SITE_SPONSOR_EN = env.str("SITE_SPONSOR_EN", default="")
SITE_ICP = env.str("SITE_ICP", default="")
SITE_POLICE_RECORD = env.str("SITE_POLICE_RECORD", default="")
SITE_ID_CODE = env.str("SITE_ID_CODE", default="")
