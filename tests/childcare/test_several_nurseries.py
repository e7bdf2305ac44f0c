"""A community with several nurseries: the nursery is chosen first and named, and the board stays short."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from childcare import actions
from childcare.backoffice.days import classes_of
from childcare.backoffice.queues import nursery_queues
from childcare.models import Application, ClassPrice, HeadTask, NurseryClass, Round
from circle.actions import raise_alarm
from circle.models import Alarm, Message
from tests import make as ground
from tests import make_childcare as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
BOARD = reverse("admin:childcare_application_board")


def nursery(number: int):
    names = {"name_zh": f"第{number}托育园", "name_en": f"Nursery {number}"}
    return ground.facility(dimension="children", community=ground.here(), code=f"nursery-{number}", **names)


@pytest.fixture
def classes():
    """Thirty nurseries with one toddlers' class each, all of one name."""
    return [make.nursery_class(facility=nursery(number)) for number in range(1, 31)]


def test_page_asks_for_the_nursery_first_and_then_shows_its_classes(client, classes, html):
    text = html(client.get("/en/childcare/"))
    assert text.count("/childcare/?nursery=nursery-") == 30
    assert "/childcare/apply/?class=" not in text
    text = html(client.get("/en/childcare/?nursery=nursery-7"))
    assert text.count("/childcare/apply/?class=") == 1
    assert f"/childcare/apply/?class={classes[6].code}" in text
    assert "Nursery 7" in text
    assert client.get("/childcare/?nursery=unknown").status_code == 404


def test_page_of_a_community_with_one_nursery_shows_its_classes_at_once(client, html):
    make.nursery_class()
    assert "/childcare/apply/?class=" in html(client.get("/childcare/"))


def test_family_chooses_among_the_classes_of_its_nursery(client, classes, html):
    found = make.draft(nursery_class=classes[6], guardian=ground.own_resident(community=ground.here()))
    second = make.nursery_class("older", facility=classes[6].facility)
    client.force_login(found.guardian.login)
    text = html(client.get(f"/en/childcare/applications/{found.code}/child/"))
    assert text.count('name="nursery_class"') == 2
    assert f'value="{second.code}"' in text
    assert "/childcare/?nursery" not in text


def test_whoever_begins_without_a_class_is_sent_to_the_nurseries(client, classes):
    client.force_login(ground.own_resident(community=ground.here()).login)
    assert client.get("/childcare/apply/")["Location"] == "/childcare/"
    assert client.get(f"/childcare/apply/?class={classes[0].code}").status_code == 200


def test_staff_choose_from_one_list_that_names_the_nursery(client, classes, html):
    found = make.verified(nursery_class=classes[6], guardian=ground.own_resident(community=ground.here()))
    client.force_login(make.head(community=ground.here()))
    text = html(client.get(f"/en{reverse('admin:childcare_application_ask', args=[found.code, 'offer'])}"))
    assert 'type="radio" name="nursery_class"' not in text
    assert "Nursery 7 · " in text
    assert "Nursery 30 · " in text


def test_board_is_of_one_nursery_and_names_it(client, classes, html):
    ours = make.submitted(nursery_class=classes[6], guardian=ground.own_resident(community=ground.here()))
    other = make.submitted(nursery_class=classes[7], guardian=ground.own_resident(community=ground.here()))
    client.force_login(make.head(community=ground.here()))
    text = html(client.get(f"/en{BOARD}"))
    assert ours.code in text
    assert other.code in text
    assert "Nursery 7 · " in text
    text = html(client.get(f"/en{BOARD}?nursery=nursery-7"))
    assert ours.code in text
    assert other.code not in text
    assert "Nursery 8 · " not in text
    assert client.get(f"{BOARD}?nursery=unknown").status_code == 404


def test_board_has_at_most_sixty_cards_and_says_how_many_there_are(
    client, html, django_assert_max_num_queries
):
    group = make.nursery_class(capacity=3)
    found = [make.submitted(nursery_class=group) for _ in range(13)]
    client.force_login(make.head(community=group.community))
    with django_assert_max_num_queries(20):
        text = html(client.get(f"/en{BOARD}"))
    assert text.count('class="card-code"') == 10
    assert "sent in (13)" in text
    assert found[0].code in text  # who has waited longest comes first
    assert "status__exact=submitted" in text
    assert Application.objects.count() == 13


# A post for one nursery among several -----------------------------------------------------------------------


@pytest.fixture
def two(classes):
    """An application in each of two nurseries, and the head of the first."""
    ours, theirs = (
        make.enrolled(nursery_class=group, guardian=ground.own_resident(community=ground.here()))
        for group in classes[6:8]
    )
    head = make.head(community=ground.here(), facility=classes[6].facility)
    return ours, theirs, head


def test_head_of_one_nursery_sees_its_families_on_no_page_of_the_other(client, two, html):
    ours, theirs, head = two
    client.force_login(head)
    text = html(client.get(f"/en{BOARD}"))
    assert ours.code in text
    assert theirs.code not in text
    assert "Nursery 8" not in text
    for name in ("admin:childcare_application_changelist", "admin:childcare_nurseryclass_changelist"):
        assert "Nursery 8" not in html(client.get(f"/en{reverse(name)}"))
    for found, status in ((ours, 200), (theirs, 302)):
        url = reverse("admin:childcare_application_change", args=[found.pk])
        assert client.get(url).status_code == status
    for found, status in ((ours, 200), (theirs, 404)):
        url = reverse("admin:childcare_application_health", args=[found.code])
        assert client.get(url).status_code == status
        url = reverse("admin:childcare_nurseryclass_prices", args=[found.offered_class.pk])
        assert client.get(url).status_code == status


def test_what_a_head_may_read_is_of_the_own_nursery_in_every_model(two):
    ours, theirs, head = two
    everybody = make.head(community=ground.here())
    for found in (ours, theirs):
        make.age_task(found)
    models = [Application, HeadTask, ClassPrice, NurseryClass]
    for model in models:
        assert model.objects.for_user(everybody).count() >= 2
    assert list(Application.objects.for_user(head)) == [ours]
    assert [task.application for task in HeadTask.objects.for_user(head)] == [ours]
    assert list(NurseryClass.objects.for_user(head)) == [ours.offered_class]
    assert [queue.count for queue in nursery_queues(head)][:1] == [1]


def test_an_application_without_a_class_is_for_every_head_of_the_community(two):
    draft = make.draft(guardian=ground.own_resident(community=ground.here()), via="counter", by=two[2])
    assert draft in Application.objects.for_user(two[2])


def test_nurse_of_one_nursery_sees_no_class_of_another_that_she_was_given(two):
    ours, theirs, _head = two
    nurse = ground.post(role="nurse", community=ground.here(), facility=ours.offered_class.facility).user
    for found in (ours, theirs):
        actions.give_class(nursery_class=found.offered_class, user=nurse, at=ground.MORNING, by=ground.user())
    assert classes_of(nurse) == [ours.offered_class]


def test_only_posts_of_the_nursery_name_a_facility_and_one_of_their_community(classes):
    with pytest.raises(IntegrityError), transaction.atomic():
        ground.post(role="hall_clerk", community=ground.here(), facility=classes[0].facility)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.head(community=ground.community(), facility=classes[0].facility)


def test_director_gives_the_post_for_one_nursery(client, classes, html):
    client.force_login(ground.post(role="director", community=ground.here()).user)
    login = ground.user(is_staff=True, email="nursery@example.org")
    url = reverse("admin:circle_staffpost_give")
    assert "Nursery 7" in html(client.get(f"/en{url}"))
    said = {"community": ground.here().pk, "login": login.email, "role": "nursery_head"}
    said |= {"facility": classes[6].facility.pk, "starts_on": "2026-11-23"}
    assert client.post(url, said).status_code == 302
    assert login.posts.get().facility == classes[6].facility


# Alarms and rounds of one nursery ---------------------------------------------------------------------------


def test_alarm_about_a_child_is_for_the_head_of_its_nursery_and_tells_no_other(client, two):
    ours, theirs, head = two
    other = make.head(community=ground.here(), facility=theirs.offered_class.facility)
    everybody = make.head(community=ground.here())
    make.closing_rule()
    row = actions.check_in_child(application=ours, at=make.FIRST_MORNING, by=ground.user())
    closing = make.FIRST_MORNING.replace(hour=17, minute=30)
    actions.report_uncollected(at=closing)
    alarm = Alarm.objects.get()
    assert alarm.facility == row.nursery_class.facility
    seen = [alarm in Alarm.objects.for_user(login) for login in (head, other, everybody)]
    assert seen == [True, False, True]
    told = Message.objects.filter(event="alarm_raised").values_list("user", flat=True)
    assert set(told) == {head.pk, everybody.pk}
    url = reverse("admin:circle_alarm_do", args=[alarm.code])
    for login, status in ((other, 404), (head, 302)):
        client.force_login(login)
        assert client.post(url, {"verb": "acknowledge"}).status_code == status


def test_alarm_about_a_child_of_no_known_nursery_is_for_every_head(two):
    ours, _theirs, head = two
    raise_alarm(resident=ours.child, source="not_collected", at=ground.MORNING)
    assert Alarm.objects.for_user(head).exists()


def test_round_of_a_nursery_is_led_by_its_head_and_gives_its_places_only(client, two, html):
    ours, theirs, head = two
    everybody = make.head(community=ground.here())
    mine, foreign = (
        make.planned_round(each.offered_class, facility=each.offered_class.facility)
        for each in (ours, theirs)
    )
    shared = make.planned_round(community=ground.here())
    assert set(Round.objects.for_user(head)) == {mine}
    assert set(Round.objects.for_user(everybody)) == {mine, foreign, shared}
    client.force_login(head)
    for row, status in ((mine, 200), (foreign, 404), (shared, 404)):
        url = reverse("admin:childcare_round_ask", args=[row.pk, "open"])
        assert client.get(url).status_code == status
    foreign.places.create(nursery_class=ours.offered_class, places=1)
    with pytest.raises(ValidationError) as refusal:
        actions.open_round(nursery_round=foreign, at=ground.MORNING, by=ground.user())
    assert refusal.value.code == "other_nursery"
    assert Round.objects.get(pk=foreign.pk).status == "planned"


def test_occupancy_of_thirty_nurseries_takes_the_queries_of_one(client, classes, queries_of):
    client.force_login(make.head(community=ground.here()))
    url = reverse("admin:childcare_nurseryclass_occupancy")
    before = queries_of(url)
    for group in classes[:3]:
        make.offered(nursery_class=group, guardian=ground.own_resident(community=ground.here()))
    assert queries_of(url) == before <= 12


def test_head_of_one_nursery_offers_no_place_of_another(classes):
    """Asked by the action itself, whoever calls it; siblings may be offered places of several classes."""
    who = {"guardian": ground.own_resident(community=ground.here())}
    theirs, ours = (make.verified(nursery_class=group, **who) for group in classes[7:5:-1])
    head = make.head(community=ground.here(), facility=classes[6].facility)
    said = {"start_on": make.START, "days": 3, "at": ground.MORNING, "by": head}
    with pytest.raises(ValidationError) as refusal:
        actions.offer_place(application=theirs, nursery_class=classes[7], **said)
    assert refusal.value.code == "other_head"
    assert (make.taken(), theirs.offers.count()) == (0, 0)
    assert actions.offer_place(application=ours, nursery_class=classes[6], **said).status == "offered"
