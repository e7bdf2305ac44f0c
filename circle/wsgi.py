import os

from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "circle.settings")

application = get_wsgi_application()
# By name, since it lies above this module and the apps must be there first.
import_string("circle.models.keys.require_keys")()
# A server may load this once and fork its workers then; each needs a connection of its own.
connections.close_all()
