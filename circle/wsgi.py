import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "circle.settings")

application = get_wsgi_application()
# By name, since it lies above this module and the apps must be there first.
import_string("circle.models.keys.require_keys")()
