"""What is proposed for the residents' group when a counter closes: place, window and times, never a name."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from circle.notifications.groups import LANGUAGE, times_of
from circle.notifications.sharing import Share
from services.models import CounterClosure


def text_of_closure(closure: CounterClosure) -> str:
    """In the language of the group."""
    counter, place = closure.counter, closure.counter.facility
    with translation.override(LANGUAGE):
        names = {"place": f"{place.name} {counter.name}"}
        share = Share(
            community=place.community.name,
            title=_("%(place)s is closed") % names,
            when=times_of(closure),
            text=closure.reason,
            url=f"{settings.SITE_URL}{reverse('short_link', args=[place.short_code])}",
            note=_("Demo, not a real notice") if place.community.is_demo else "",
        )
        return share.group_text
