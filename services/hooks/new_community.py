"""What a new community begins with: the hook `new_community`."""

import datetime as dt

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from circle.models import Community
from services.demo.catalogue import load_catalogue
from services.models import ServiceItem


def load_items(community: Community, at: dt.datetime) -> str:
    """The catalogue without what only the community knows: places, times, handlers, checked facts.

    Items that are there stay as they are. Returns a sentence.
    """
    before = ServiceItem.objects.filter(community=community).count()
    load_catalogue(community, since=localdate(at))
    count = ServiceItem.objects.filter(community=community).count()
    return _("Catalogue: %(count)s items, %(new)s of them new.") % {"count": count, "new": count - before}
