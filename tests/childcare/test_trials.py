"""A trial half-day that one parent has booked, as the other parent meets it; and what is forgotten of it."""

import pytest
from django.urls import reverse

from childcare import actions
from childcare.hooks.personal_data import anonymise_visits, old_visits
from childcare.hooks.schedule import find_violations
from childcare.models import Application, NurseryVisit, VisitSlot
from circle.models import Resident
from circle.privacy.data_export import placeholder_resident
from tests import make as ground
from tests import make_childcare as make
from tests.make import MORNING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]


@pytest.fixture
def child() -> Application:
    """Accepted; its first day is six weeks away."""
    return make.accepted(guardian=ground.own_resident(community=ground.here()))


@pytest.fixture
def father(child) -> Resident:
    """Its second parent, with a login of his own."""
    father = ground.own_resident(community=child.community)
    entry = make.second_parent(child, father.phone)
    said = {"name": "", "child_born_on": child.child.born_on, "by": father.login}
    actions.confirm_second_parent(entry=entry, at=MORNING, **said)
    return father


@pytest.fixture
def slot(child) -> VisitSlot:
    return make.visit_slot(plan=make.visit_plan("trial", facility=child.nursery_class.facility))


def test_other_parent_reads_when_the_trial_is_and_no_link_leads_astray(client, html, child, father, slot):
    found = make.visit(slot=slot, resident=child.guardian, application=child)
    own = found.get_absolute_url()
    when = reverse("visit_when", args=[slot.plan.facility.code, "trial"]) + f"?application={child.code}"
    pages = [child.get_absolute_url(), when]
    for login, opens in ((child.guardian.login, True), (father.login, False)):
        client.force_login(login)
        assert (client.get(own).status_code == 200) == opens
        for page in pages:
            answer = client.get(page)
            text = html(answer)
            assert (own in text) == opens, page
            assert "11月26日" in text, page
        assert answer.context["existing"] == [found]
        assert str(slot.code) not in text  # nothing to choose: there is one already


def test_other_parent_reads_of_a_trial_though_the_nursery_receives_nobody_now(
    client, html, child, father, slot
):
    make.visit(slot=slot, resident=child.guardian, application=child)
    slot.plan.is_open = False
    slot.plan.save()
    client.force_login(father.login)
    assert "11月26日" in html(client.get(child.get_absolute_url()))


def test_desk_books_the_trial_for_the_second_parent(client, child, father, slot):
    client.force_login(make.head(community=child.community))
    new = reverse("admin:childcare_nurseryvisit_new")
    said = {"slot": slot.code, "application": child.code, "via": "phone"}
    stranger = ground.resident(community=child.community)
    assert client.post(f"{new}?resident={stranger.code}", said).status_code == 422
    assert client.post(f"{new}?resident={father.code}", said).status_code == 302
    found = NurseryVisit.objects.get()
    assert (found.resident, found.application) == (father, child)


def test_old_trial_no_longer_leads_to_the_child(child, slot):
    found = make.visit(slot=slot, resident=child.guardian, application=child)
    actions.record_arrival(booking=found, at=found.starts_at, by=make.head())
    after = found.starts_at + make.ONE_DAY
    community = child.community_id
    assert not old_visits(community, found.starts_at).exists()  # of that very day
    # One that an earlier release had anonymised still named the application.
    other = make.accepted(guardian=ground.own_resident(community=child.community))
    earlier = NurseryVisit.objects.create(
        community=child.community,
        resident=placeholder_resident(community),
        plan=slot.plan,
        slot=make.visit_slot(plan=slot.plan, starts_at=ground.moment(1, 9), taken=1),
        application=other,
        day=ground.moment(1, 9).date(),
        status="over",
        status_at=MORNING,
        via="online",
        booked_at=MORNING,
    )
    assert set(old_visits(community, after)) == {found, earlier}
    assert anonymise_visits(old_visits(community, after), after) == 2
    rows = NurseryVisit.objects.values_list("resident__is_nobody", "application", "booked_by", "status")
    assert sorted(rows) == [(True, None, None, "came"), (True, None, None, "over")]
    assert not old_visits(community, after).exists()
    assert not list(find_violations())


def test_trial_of_somebody_without_an_application_is_a_violation(child, slot):
    """Negative control: only what was anonymised may be without one."""
    found = make.visit(slot=slot, resident=child.guardian, application=child)
    NurseryVisit.objects.update(application=None)
    assert [f"visit {found.pk}:" in each for each in find_violations()] == [True]
    NurseryVisit.objects.update(application=child)
