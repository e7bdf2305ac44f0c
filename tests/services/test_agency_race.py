"""Two desks at one agency case: an original is never taken while another desk closes it."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, transaction

from services import actions
from services.models import AgencyCase, CasePaper
from tests import make

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

NOW = make.MORNING
ROUNDS = 4


def refused_case() -> AgencyCase:
    """One that may be closed."""
    case = make.agency_case()
    by = make.clerk(community=case.community)
    make.identity_seen(resident=case.resident, by=by)
    said = {"case": case, "at": NOW, "by": by}
    actions.check_case(**said)
    actions.authorise_case(valid_until=NOW.date() + dt.timedelta(days=9), via="window", **said)
    actions.accept_case(**said)
    actions.submit_case(receipt="1", **said)
    return actions.refuse_case(reason="收入超标", remedy="复议", **said)


def test_original_is_taken_or_the_case_is_closed_and_never_both(at_once):
    for _round in range(ROUNDS):
        case = refused_case()
        said = {"case": case, "at": NOW, "by": case.handler}

        def take(said=said):
            return actions.receive_paper(name="户口簿", **said)

        def close(said=said):
            return actions.close_case(**said)

        answers = at_once(take, close)
        case.refresh_from_db()
        assert (case.status == "closed") != bool(case.papers_held)
        assert case.papers_held == CasePaper.objects.filter(case=case).count()
        assert sum(isinstance(each, Exception) for each in answers) == 1


def test_without_the_lock_the_database_refuses_the_second(at_once):
    """The control: both look before either writes."""
    case = refused_case()
    both_looked = threading.Barrier(2)

    def look() -> AgencyCase:
        found = AgencyCase.objects.get(pk=case.pk)
        assert (found.status, found.papers_held) == ("refused", 0)
        both_looked.wait(timeout=20)
        return found

    def take():
        found = look()
        with transaction.atomic():
            CasePaper.objects.create(case=found, name="户口簿", received_at=NOW, since=NOW)
            AgencyCase.objects.filter(pk=found.pk).update(papers_held=1)

    def close():
        AgencyCase.objects.filter(pk=look().pk).update(status="closed")

    answers = at_once(take, close)
    assert [isinstance(each, IntegrityError) for each in answers].count(True) == 1


def test_two_desks_decide_once(at_once):
    case = refused_case()
    AgencyCase.objects.filter(pk=case.pk).update(status="submitted")
    said = {"case": case, "at": NOW, "by": case.handler, "read": AgencyCase.objects.get(pk=case.pk).revision}

    def approve():
        return actions.approve_case(**said)

    def refuse():
        return actions.refuse_case(reason="收入超标", remedy="复议", **said)

    answers = at_once(approve, refuse)
    codes = [each.code for each in answers if hasattr(each, "code") and not isinstance(each, AgencyCase)]
    assert codes == ["changed_meanwhile"]
