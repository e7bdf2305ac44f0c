"""Many desks make out certificates at once: each number is given once and none is left out."""

import threading

import pytest
from django.db import IntegrityError

from services import actions
from services.actions.certificates import next_serial
from services.models import CommitteeCertificate
from tests import make

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
DESKS = 12


def test_numbers_given_at_once_run_without_a_gap(at_once):
    resident, by = make.resident(), make.user()
    matter = make.certificate_matter(community=resident.community)
    said = {"addressed_to": "图书馆", "purpose": "办借书证", "copies": 1, "at": make.MORNING, "by": by}

    def issue():
        return actions.issue_certificate(matter=matter, resident=resident, **said).serial

    assert sorted(at_once(*[issue] * DESKS)) == list(range(1, DESKS + 1))


def test_without_the_lock_a_number_would_be_given_twice(at_once):
    """The control: both read the number before either writes it, and the database refuses the second."""
    first = make.committee_certificate()
    both_read = threading.Barrier(2)
    values = {name: getattr(first, name) for name in ("community", "matter", "resident", "year")}

    def issue():
        serial = next_serial(first.community, first.year)
        both_read.wait(timeout=20)
        return CommitteeCertificate.objects.create(
            serial=serial, copies=1, issued_at=make.MORNING, body="–", purpose="–", **values
        )

    answers = at_once(issue, issue)
    assert [isinstance(each, IntegrityError) for each in answers].count(True) == 1
