SECRET_KEY = "shop"
ROOT_URLCONF = "config.urls"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "rest_framework", "shop"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["shop.permissions.IsOpen"],
    "DEFAULT_PAGINATION_CLASS": "shop.pages.Pages",
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"known": {"()": "config.log.Known"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["known"]}},
    "loggers": {"shop": {"handlers": ["console"]}},
}
