"""The firm's link is pressed twice, or passed on anew at that moment: it counts once."""

import pytest
from django.core.exceptions import ValidationError

from services import actions
from services.models import RepairLink, RepairPhoto
from tests import make

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

NOW = make.MORNING


def test_link_is_used_once_by_two_at_the_same_moment(at_once):
    repair, desk = make.repair(), make.clerk()
    link, _token = actions.forward_repair(repair=repair, firm=make.firm(), at=NOW, by=desk)

    def done():
        row = RepairLink.objects.get(pk=link.pk)
        return actions.repairs.store_completion(link=row, words="修好了", image=b"RIFF", at=NOW)

    answers = at_once(done, done)
    assert [each.code for each in answers if isinstance(each, ValidationError)] == ["link_used"]
    assert RepairPhoto.objects.count() == 1


def test_link_is_used_or_ended_and_never_both(at_once):
    repair, desk, firm = make.repair(), make.clerk(), make.firm()
    link, _token = actions.forward_repair(repair=repair, firm=firm, at=NOW, by=desk)

    def done():
        row = RepairLink.objects.get(pk=link.pk)
        return actions.repairs.store_completion(link=row, words="修好了", image=b"RIFF", at=NOW)

    at_once(done, lambda: actions.forward_repair(repair=repair, firm=firm, at=NOW, by=desk))
    repair.refresh_from_db()
    link.refresh_from_db()
    assert (link.used_at is None) != (link.ended_at is None)
    assert repair.status == "forwarded" or link.used_at
    assert RepairLink.objects.filter(used_at=None, ended_at=None).count() <= 1
