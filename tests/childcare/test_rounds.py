"""A round from planning to settling: what is fixed when, who may do what, and how anybody checks it."""

import datetime as dt
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from childcare import actions
from childcare.actions.line import record_line_moves
from childcare.actions.rounds import find_faults, households_of
from childcare.models import Application, DrawResult, EntryChild, LateEntry, LineMove, Round, RoundEntry
from circle.models import Message, Record
from tests import make as ground
from tests import make_childcare as make
from tests.make import MORNING
from tests.make_council import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
LATER = MORNING + dt.timedelta(days=5)


def step(name, row, at=MORNING, by=None, **said):
    return getattr(actions, f"{name}_round" if name != "type" else "type_value")(
        nursery_round=row, at=at, by=by or ground.user(), **said
    )


def code_of(name, row, **said) -> str:
    return refused(step, name=name, row=row, **said)


@pytest.fixture
def group():
    return make.nursery_class(capacity=9)


@pytest.fixture
def drawn(group):
    """Five households, two places."""
    found = make.open_round(group)
    for _ in range(5):
        make.entry(found, group)
    return make.drawn_round(found)


@pytest.fixture
def published(drawn):
    return step("publish", drawn)


def test_round_goes_its_way_and_places_go_by_tier_and_ticket(drawn):
    assert (drawn.status, drawn.results.count()) == ("drawn", 5)
    assert list(drawn.results.values_list("outcome", flat=True)) == ["placed"] * 2 + ["waits"] * 3
    assert find_faults(drawn) == []
    verbs = Record.objects.about(drawn).order_by("id").values_list("verb", flat=True)
    kept = [verb for verb in verbs if verb.startswith("round_")]
    assert kept == ["round_opened", "round_closed", "round_value_typed", "round_sealed", "round_drawn"]


def test_secret_is_sealed_and_no_record_tells_it(drawn):
    assert drawn.secret not in str(list(Record.objects.values()))
    assert drawn.secret not in str(list(Round.objects.values()))


def test_lot_says_nothing_of_the_application_and_is_the_rounds_own(group):
    entries = [make.entry(make.open_round(group), group) for _ in range(3)]
    assert all(1000 <= entry.lot < 10_000 for entry in entries)
    codes = Application.objects.values_list("code", flat=True)
    assert not [entry for entry in entries if str(entry.lot) in codes]


def test_each_step_is_refused_out_of_its_turn(group):
    found = make.planned_round(group)
    for name in ("close", "draw", "publish", "settle"):
        if name == "close":
            assert code_of(name, found) == "no_entries"
        else:
            assert code_of(name, found) == "not_possible"
    assert code_of("open", make.planned_round()) == "no_places"
    step("open", found)
    assert code_of("open", found) == "already_open"
    assert code_of("type", found, value="07") == "not_possible"  # before closing
    assert Round.objects.get(pk=found.pk).value == ""


def test_nobody_enters_or_leaves_once_the_list_is_closed(group):
    found = make.open_round(group)
    entry, other = make.entry(found, group), make.verified(nursery_class=group)
    actions.leave_round(entry=make.entry(found, group), at=MORNING, by=ground.user())
    step("close", found)
    assert found.entries.count() == 1
    said = {"applications": [other], "choices": [(group,)], "tier": 3, "mode": "together_only"}
    who = {"at": MORNING, "by": ground.user()}
    assert refused(actions.enter_round, nursery_round=found, **said, **who) == "not_open"
    assert refused(actions.leave_round, entry=entry, **who) == "not_open"


def test_household_is_checked_before_it_enters(group):
    found = make.open_round(group)
    older = make.nursery_class("older", facility=group.facility)
    found.places.create(nursery_class=older, places=1)
    one, two = make.verified(nursery_class=group), make.verified(nursery_class=group)
    fine = {"applications": [one], "choices": [(group,)], "tier": 3, "mode": "together_only"}
    who = {"nursery_round": found, "at": MORNING, "by": ground.user()}
    other = make.nursery_class(facility=group.facility)
    for wrong, code in (
        ({"applications": []}, "not_one_household"),
        ({"applications": [one, two], "choices": [(group, group)]}, "not_one_household"),
        ({"applications": [make.submitted(nursery_class=group)]}, "not_verified"),
        ({"choices": []}, "choices_wrong"),
        ({"choices": [(group, group)]}, "choices_wrong"),
        ({"choices": [(other,)]}, "not_in_round"),
        ({"choices": [(older,)]}, "wrong_age"),
        ({"tier": 5}, "tier_unknown"),
        ({"mode": "any"}, "tier_unknown"),
    ):
        assert refused(actions.enter_round, **fine | wrong | who) == code
    actions.enter_round(**fine, **who)
    assert refused(actions.enter_round, **fine, **who) == "already_entered"
    assert (RoundEntry.objects.count(), EntryChild.objects.count()) == (1, 1)


def test_balls_are_typed_by_two_people_alike(group):
    found, one, two = make.open_round(group), ground.user(), ground.user()
    make.entry(found, group)
    assert (code_of("type", found, value="07 23"), found.value) == ("not_possible", "")  # not closed yet
    step("close", found)
    assert code_of("type", found, value=" ") == "value_missing"
    step("type", found, value="07 23", by=one)
    assert code_of("type", found, value="07 23", by=one) == "same_person"
    step("type", found, value="07 32", by=two)  # differs: both begin anew
    assert (found.status, found.value, found.value_by) == ("closed", "", None)
    step("type", found, value="07  23", by=two)
    step("type", found, value="07 23", by=one)
    assert (found.status, found.value) == ("sealed", "07 23")


def test_list_edited_after_closing_is_not_drawn_and_found_after_the_draw(group):
    found = make.open_round(group)
    entry = make.entry(found, group)
    step("close", found)
    for _ in range(2):
        step("type", found, value="1")
    RoundEntry.objects.filter(pk=entry.pk).update(tier=1)
    assert code_of("draw", found) == "list_changed"
    RoundEntry.objects.filter(pk=entry.pk).update(tier=3)
    step("draw", found)
    RoundEntry.objects.filter(pk=entry.pk).update(tier=1)
    assert code_of("publish", found) == "draw_wrong"
    with pytest.raises(CommandError, match="not the one of the closing"):
        call_command("verify_draw", "--all", stdout=StringIO())


def test_database_lets_nobody_change_a_result_or_skip_the_second_person(drawn):
    table = DrawResult._meta.db_table
    for statement in ("UPDATE {} SET position = position + 10", "DELETE FROM {}"):
        with pytest.raises(IntegrityError), transaction.atomic():
            connection.cursor().execute(statement.format(table))
    for wrong in ({"confirmed_by": drawn.value_by}, {"seed": ""}, {"digest": ""}, {"commitment": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Round.objects.filter(pk=drawn.pk).update(**wrong)


def test_verify_draw_names_rounds(published):
    said = StringIO()
    call_command("verify_draw", published.code, stdout=said)
    assert "1 rounds" in said.getvalue()
    with pytest.raises(CommandError, match="no drawn round"):
        call_command("verify_draw", "unknown", stdout=StringIO())


def test_round_is_settled_after_its_days_and_the_offers(published):
    make.posted_rule()
    assert code_of("settle", published) == "too_early"
    assert code_of("settle", published, at=LATER) == "offers_missing"
    for child in EntryChild.objects.filter(entry__result__outcome="placed"):
        actions.offer_place(
            application=child.application,
            nursery_class=child.application.nursery_class,
            start_on=make.START,
            days=3,
            at=LATER,
            by=ground.user(),
            reason="draw",
        )
    assert step("settle", published, at=LATER).status == "settled"


# Pages ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_everybody_reads_the_round(client, published, prefix):
    text = client.get(f"{prefix}/childcare/draw/{published.code}/").text
    for words in (published.commitment, published.digest, published.value, published.seed):
        assert words in text
    for entry in published.entries.all():
        assert str(entry.lot) in text
    for application in Application.objects.all():
        assert application.code not in text
        assert application.child.name not in text


def test_secret_and_result_are_not_read_before_they_are_published(client, drawn):
    address = f"/childcare/draw/{drawn.code}/"
    text = client.get(address).text
    for hidden in (drawn.secret, drawn.seed, drawn.value):
        assert hidden not in text
    assert client.get(f"{address}round.json").status_code == 404
    assert client.get(f"{address}list.csv").status_code == 200
    planned = make.planned_round()
    assert client.get(f"/childcare/draw/{planned.code}/").status_code == 404
    opened = make.open_round(make.nursery_class(community=drawn.community))
    assert client.get(f"/childcare/draw/{opened.code}/").status_code == 200
    assert client.get(f"/childcare/draw/{opened.code}/list.csv").status_code == 404


def test_stand_alone_checker_needs_the_two_published_files_alone(client, published, tmp_path):
    for name in ("round.json", "list.csv"):
        (tmp_path / name).write_bytes(client.get(f"/childcare/draw/{published.code}/{name}").content)
    checker = "static/childcare/check_draw.py"
    files = [str(tmp_path / name) for name in ("round.json", "list.csv")]
    done = subprocess.run([sys.executable, "-I", checker, *files], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "The draw is right.\n")
    said = (tmp_path / "round.json").read_text().replace('"position": 1,', '"position": 9,')
    (tmp_path / "round.json").write_text(said)
    done = subprocess.run([sys.executable, "-I", checker, *files], capture_output=True, text=True)
    assert done.returncode == 1
    assert "WRONG: line 1" in done.stderr


def test_family_reads_its_lot(client, html, group):
    found = make.open_round(group)
    entry = make.entry(found, group)
    application = entry.children.get().application
    client.force_login(application.guardian.login)
    text = html(client.get(f"/en/childcare/applications/{application.code}/"))
    assert f"<strong>{entry.lot}</strong>" in text
    assert list(RoundEntry.objects.for_user(application.guardian.login)) == [entry]
    assert not RoundEntry.objects.for_user(ground.own_resident().login).exists()


def test_head_leads_a_round_and_a_second_person_confirms(client, group):
    one, two = make.head(community=group.community), make.head(community=group.community)
    client.force_login(one)
    add = reverse("admin:childcare_round_add")
    sent = {"community": group.community_id, "code": "autumn", "name_zh": "秋季轮", "name_en": "Autumn"}
    inline = {"places-TOTAL_FORMS": 1, "places-INITIAL_FORMS": 0, "places-0-nursery_class": group.pk}
    assert client.post(add, sent | inline | {"places-0-places": 1}).status_code == 302
    row = Round.objects.get()

    def ask(name, **values):
        return client.post(reverse("admin:childcare_round_ask", args=[row.pk, name]), values).status_code

    change = reverse("admin:childcare_round_change", args=[row.pk])
    assert client.get(change).status_code == 200
    assert ask("open") == 302
    application = make.verified(nursery_class=group)
    enter = reverse("admin:childcare_application_ask", args=[application.code, "round"])
    assert client.get(enter).status_code == 200
    assert client.post(enter, {"nursery_round": row.pk, "tier": 3}).status_code == 422
    wish = {"nursery_round": row.pk, "tier": 3, "wish_1_1": group.pk}
    assert client.post(enter, wish).status_code == 302
    assert [ask("close"), ask("value", value="07 23"), ask("value", value="07 23")] == [302, 302, 422]
    client.force_login(two)
    assert [ask("value", value="07 23"), ask("draw"), ask("publish"), ask("praise")] == [302, 302, 302, 404]
    row.refresh_from_db()
    assert (row.status, client.get(change).status_code) == ("published", 200)
    assert client.post(change, sent | {"name_en": "Other"}).status_code == 403


def test_siblings_enter_together_by_the_desk(client, group):
    guardian = ground.own_resident(community=group.community)
    one, two = (make.verified(nursery_class=group, guardian=guardian) for _ in range(2))
    found = make.open_round(group)
    client.force_login(make.head(community=group.community))
    enter = reverse("admin:childcare_application_ask", args=[one.code, "round"])
    wish = {"nursery_round": found.pk, "tier": 2, "mode": "split_ok", "wish_1_1": group.pk}
    assert client.post(enter, wish).status_code == 422  # the second child has no class
    assert client.post(enter, wish | {"wish_1_2": group.pk}).status_code == 302
    [household] = households_of(found)
    assert (household.mode, household.choices) == ("split_ok", ((group.code, group.code),))
    assert set(EntryChild.objects.values_list("application", flat=True)) == {one.pk, two.pk}


# Void, and told ---------------------------------------------------------------------------------------------


def void(row, reason="lost", **said):
    return actions.void_secret(nursery_round=row, reason=reason, at=MORNING, by=ground.user(), **said)


def sealed(group) -> Round:
    found = make.open_round(group)
    make.entry(found, group)
    step("close", found)
    for _ in range(2):
        step("type", found, value="07 23 31")
    return found


def test_a_lost_secret_is_void_in_public_and_a_new_one_is_committed_to(client, html, group):
    found = sealed(group)
    before, digest = found.commitment, found.digest
    void(found)
    found.refresh_from_db()
    assert (found.status, found.digest, found.value, found.confirmed_by) == ("open", "", "", None)
    assert found.commitment not in ("", before)
    row = found.voided.get()
    assert (row.commitment, row.digest, row.reason) == (before, digest, "lost")
    text = html(client.get(f"/en/childcare/draw/{found.code}/"))
    assert "the secret was lost" in text
    assert before in text
    make.drawn_round(found)
    assert find_faults(found) == []


def test_what_was_drawn_is_never_void(drawn):
    assert refused(void, row=drawn) == "not_possible"
    assert not drawn.voided.exists()


def test_a_secret_is_void_for_a_reason_of_the_list(group):
    assert refused(void, row=make.open_round(group), reason="because") == "reason_missing"


def test_head_voids_the_secret_on_a_page(client, group):
    found = make.open_round(group)
    client.force_login(make.head(community=found.community))
    url = reverse("admin:childcare_round_ask", args=[found.pk, "void"])
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": "known"}).status_code == 302
    assert found.voided.get().reason == "known"


def test_every_guardian_is_told_of_the_result_with_the_lot(published):
    told = Message.objects.filter(event="round_published")
    lots = {str(entry.lot) for entry in published.entries.all()}
    assert {message.values["lot"] for message in told} == lots
    assert told.count() == 5
    for message in told:
        assert "宝宝" not in str(message.values)


# After the draw ---------------------------------------------------------------------------------------------


def late(row, group, **said):
    guardian = ground.own_resident(community=group.community)
    fixed = {"tier": 3, "mode": "together_only", "at": LATER, "by": ground.user()}
    if "applications" not in said:
        said["applications"] = [make.verified(nursery_class=group, guardian=guardian)]
    return actions.enter_late(nursery_round=row, choices=[(group,)], **fixed | said)


def lots(row) -> list[int]:
    return [place.entry.lot for place in actions.line_after_draw(row)]


def test_late_households_append_and_leave_draw_and_files_as_they_were(published, group):
    before = lots(published)
    assert len(before) == 3
    added = [late(published, group) for _ in range(2)]
    assert lots(published) == [*before, *(row.entry.lot for row in added)]
    assert find_faults(published) == []
    assert len(households_of(published)) == 5


def test_scenario_8_a_late_child_whom_the_law_puts_first_moves_the_others_with_a_public_reason(
    client, html, published, group
):
    end = late(published, group)
    before = lots(published)
    rule = "《XX条例》第9条"
    legal = late(published, group, reason="protected", rule=rule)
    assert lots(published) == [legal.entry.lot, *before]
    second = late(published, group, reason="court", rule="法院决定")
    assert lots(published) == [legal.entry.lot, second.entry.lot, *before]
    places = actions.line_after_draw(published)
    assert [(place.late, place.moved) for place in places[:2]] == [(legal, 4), (second, 4)]
    assert places[-1].late == end
    text = html(client.get(f"/en{published.get_absolute_url()}"))
    assert "a child that law or policy places first" in text
    assert rule in text
    assert "4 households moved down by one." in text
    assert "came after the draw" in text
    assert Record.objects.filter(verb="application_entered_late", details__reason="protected").exists()


def test_nobody_is_moved_without_a_reason_and_its_rule(drawn, group):
    assert refused(late, row=drawn, group=group) == "not_published"
    row = step("publish", drawn)
    assert refused(late, row=row, group=group, reason="protected") == "reason_missing"
    assert refused(late, row=row, group=group, reason="friends", rule="主任说的") == "reason_missing"
    assert refused(late, row=row, group=group, rule="主任说的") == "reason_missing"
    assert not RoundEntry.objects.exclude(late=None).exists()
    entry = late(row, group)
    same = {"round": row, "entry": RoundEntry.objects.exclude(pk=entry.entry.pk).first()}
    with pytest.raises(IntegrityError), transaction.atomic():
        LateEntry.objects.create(**same, reason="protected", at=LATER, by=ground.user())
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        LateEntry.objects.update(reason="court", rule="法院决定")


def test_the_published_rule_tells_nothing_of_a_person(published, group):
    guardian = ground.own_resident(community=group.community, name="欧阳示例")
    found = make.verified(nursery_class=group, guardian=guardian, child_name="欧阳小例")
    said = {"row": published, "group": group, "reason": "court", "applications": [found]}
    for text, code in {
        "法院决定，电话13800000000": "personal_data_shown",
        "法院决定，电话 138-0000 0000": "personal_data_shown",
        "法院决定，０１０-12345678": "personal_data_shown",
        "法院决定，身份证110105194912310021": "id_number_shown",
        "欧阳示例的监护权由法院决定": "personal_data_shown",
        "欧阳 小例由法院决定": "personal_data_shown",
    }.items():
        assert refused(late, rule=text, **said) == code
    late(rule="（2026）示0102民初12345号判决，2026年11月24日", **said)
    assert published.late.get().reason == "court"


def test_desk_enters_a_household_after_the_draw(client, published, group):
    found = make.verified(nursery_class=group, guardian=ground.own_resident(community=group.community))
    client.force_login(make.head(community=group.community))
    url = reverse("admin:childcare_application_ask", args=[found.code, "round"])
    said = {"nursery_round": published.pk, "tier": 3, "wish_1_1": group.pk, "reason": "court", "rule": ""}
    assert client.post(url, said).status_code == 422
    assert client.post(url, said | {"rule": "法院决定"}).status_code == 302
    assert published.late.get().reason == "court"


# The line of the class --------------------------------------------------------------------------------------


def test_line_of_the_class_follows_the_draw_and_whoever_came_later_is_behind(published, group):
    """Two of the three without a place are offered one in another order: a reason is asked for."""
    waiting = [
        result.entry.children.get().application for result in published.results.filter(outcome="waits")
    ]
    placed = [
        result.entry.children.get().application for result in published.results.filter(outcome="placed")
    ]
    later = make.verified(
        nursery_class=group, guardian=ground.own_resident(community=group.community), at=LATER
    )
    order = [*placed, *waiting, later]
    assert [actions.positions_of(each)[0][1] for each in order] == [1, 2, 3, 4, 5, 6]
    assert actions.families_ahead(waiting[1], group, make.START) == [*placed, waiting[0]]
    legal = late(published, group, reason="protected", rule="《XX条例》第9条")
    first = legal.entry.children.get().application
    assert actions.positions_of(first) == [(group, 1)]
    assert [actions.positions_of(each)[0][1] for each in order] == [2, 3, 4, 5, 6, 7]


def test_moves_of_a_draw_are_recorded_as_such(drawn, group):
    record_line_moves(at=MORNING)
    step("publish", drawn, at=LATER)
    assert record_line_moves(at=LATER) > 0
    assert set(LineMove.objects.filter(at=LATER).values_list("reason", flat=True)) == {"drawn"}
    assert record_line_moves(at=LATER) == 0
