"""Minutes: drafted, reviewed by another, published for good, corrected by a new version only."""

import json

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from circle.audit import append_only
from circle.models import Record
from circle.web import town_stamp
from council import actions
from council.models import MinutesVersion, Resolution, text_digest
from council.models.differences import compare_texts, sheet_differences
from tests import make
from tests import make_council as council
from tests.council.desk import save, url
from tests.make_council import refused

pytestmark = pytest.mark.django_db
AT = council.AFTER


# Up to publication -------------------------------------------------------------------------------------


def test_minutes_take_over_roll_results_and_resolutions():
    minutes = council.draft()
    sheet = minutes.sheet
    [point] = sheet.points
    assert (sheet.meeting, sheet.version, sheet.replaces) == ("2026-11", 1, "")
    assert (sheet.begun, sheet.ended) == ("2026-11-26T19:00:00+08:00", "2026-11-26T21:00:00+08:00")
    assert (sheet.roll.entitled, sheet.roll.present, sheet.roll.quorum) == (12, 9, 8)
    assert (point.result, point.minutes_zh) == ("decided", "大家都发了言。")
    decision = point.resolution
    assert (decision.number, decision.yes, decision.needed, decision.outcome) == (
        "议〔2026〕11-01",
        6,
        5,
        "adopted",
    )


def test_text_of_minutes_is_one_spelling_only():
    minutes = council.draft()
    assert minutes.sheet.text == minutes.body
    assert json.loads(minutes.body)["points"][0]["number"] == 1


def test_minutes_are_begun_once_after_the_meeting():
    meeting = council.in_session()
    by = council.secretary()
    assert refused(actions.draft_minutes, meeting=meeting, at=AT, by=by) == "not_possible"
    council.resolution(item=meeting.items.get())
    actions.end_session(meeting=meeting, at=council.ENDS, by=by)
    minutes = actions.draft_minutes(meeting=meeting, at=AT, by=by)
    assert actions.draft_minutes(meeting=meeting, at=AT, by=by) == minutes


def test_minutes_without_a_text_for_each_item_are_not_submitted():
    meeting = council.held(items=2)
    by = council.secretary()
    minutes = actions.draft_minutes(meeting=meeting, at=AT, by=by)
    actions.write_minutes(minutes=minutes, texts={2: ("讨论了。", "")}, at=AT, by=by)
    assert refused(actions.submit_minutes, minutes=minutes, at=AT, by=by) == "minutes_text_missing"


@pytest.mark.parametrize(
    ("typed", "saved"),
    [
        ("项目\t金额\r\n路灯\t1200\t900", "项目\t金额\n路灯\t1200\t900"),
        ("　　会议开始。\n　　张　三发言", "　　会议开始。\n　　张　三发言"),
        ("1\u00a0200 元", "1\u00a0200 元"),
        ("<A类>设施，x <y 且 z> 3", "<A类>设施，x <y 且 z> 3"),
        ("<b>同意</b>\r\n<script>x</script>好", "<b>同意</b>\n<script>x</script>好"),
        ("同\x00意\x07\u202e不\u2066\ud800", "同意不"),
        ("一行\v二行\u2028三行", "一行\n二行\n三行"),
        ("\n\n　\n 好 \n\n", " 好"),
        (" \u3000\t\n", ""),
    ],
)
def test_minutes_keep_every_sign_that_was_pasted(typed, saved):
    minutes = council.written(council.draft(), typed)
    assert minutes.sheet.points[0].minutes_zh == saved


def test_text_without_a_visible_sign_is_missing():
    meeting = council.in_session()
    assert refused(council.resolution, item=meeting.items.get(), text_zh=" \u3000\n") == "text_missing"


def test_mark_up_in_minutes_is_shown_and_not_run(client):
    minutes = council.draft()
    council.written(minutes, "<script>x</script><A类>")
    actions.publish_minutes(minutes=council.to_approved(minutes), at=AT, by=council.secretary())
    page = client.get(minutes.get_absolute_url()).text
    assert "&lt;script&gt;x&lt;/script&gt;&lt;A类&gt;" in page
    assert "<script>x" not in page


def test_form_keeps_indents(client):
    """Django's field would strip them from the first paragraph."""
    minutes, by = council.draft(), council.secretary()
    client.force_login(by)
    save(client, url("minutesversion_write", minutes.pk), {"item-1-zh": "　　会议开始。\t好"})
    minutes.refresh_from_db()
    assert minutes.sheet.points[0].minutes_zh == "　　会议开始。\t好"


def test_name_with_a_wide_blank_stays_two_words_in_public_words():
    topic = council.topic()
    actions.accept_topic(
        topic=topic, public_text_zh="张　三\t路\u202e", at=council.IN_CALL, by=council.secretary()
    )
    assert topic.public_text_zh == "张 三 路"


def test_whoever_wrote_in_them_cannot_approve_them():
    first, second, third = council.secretary(), council.secretary(), council.chair()
    minutes = council.draft(by=first)
    council.written(minutes, by=second)
    actions.submit_minutes(minutes=minutes, at=AT, by=second)
    for by in (first, second):
        assert refused(actions.approve_minutes, minutes=minutes, at=AT, by=by) == "same_person"
    assert actions.approve_minutes(minutes=minutes, at=AT, by=third).status == "approved"
    assert refused(actions.approve_minutes, minutes=minutes, at=AT, by=third) == "already_approved"


def test_database_refuses_an_approval_by_the_drafter():
    minutes = council.draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        MinutesVersion.objects.filter(pk=minutes.pk).update(approved_by=minutes.drafted_by)


def test_minutes_in_review_are_fixed_until_they_are_returned():
    minutes = council.draft()
    by = council.secretary()
    actions.submit_minutes(minutes=minutes, at=AT, by=by)
    meeting = minutes.meeting
    assert refused(council.written, minutes=minutes) == "not_possible"
    assert refused(council.resolution, item=meeting.items.get(), at=AT) == "minutes_fixed"
    marks = council.marked(meeting, 9)
    assert refused(actions.record_attendance, meeting=meeting, marks=marks, at=AT, by=by) == "minutes_fixed"
    assert refused(actions.return_minutes, minutes=minutes, reason="", at=AT, by=by) == "reason_missing"
    actions.return_minutes(minutes=minutes, reason="第1项写得太短", at=AT, by=council.chair())
    council.written(minutes, "讨论了一个小时。")
    assert (minutes.status, minutes.note) == ("draft", "第1项写得太短")


def test_approved_minutes_may_be_returned_and_need_a_new_approval():
    minutes = council.approved()
    actions.return_minutes(minutes=minutes, reason="数字不对", at=AT, by=council.chair())
    assert (minutes.status, minutes.approved_by) == ("draft", None)


def test_minutes_are_published_once_with_the_hash_of_their_text():
    minutes = council.approved()
    by = council.secretary()
    actions.publish_minutes(minutes=minutes, at=AT, by=by)
    assert (minutes.status, minutes.sha256) == ("published", text_digest(minutes.body))
    assert refused(actions.publish_minutes, minutes=minutes, at=AT, by=by) == "already_published"
    assert refused(actions.draft_minutes, meeting=minutes.meeting, at=AT, by=by) == "already_published"


def test_draft_is_not_published():
    minutes = council.draft()
    code = refused(actions.publish_minutes, minutes=minutes, at=AT, by=council.secretary())
    assert code == "not_possible"


# Corrections ------------------------------------------------------------------------------------------------


def test_correction_replaces_the_version_before_which_stays_byte_for_byte():
    first = council.published()
    before = (first.body, first.sha256)
    second = council.corrected(first)
    first.refresh_from_db()
    assert (first.status, (first.body, first.sha256)) == ("superseded", before)
    assert (second.version, second.sheet.replaces, second.sheet.correction) == (2, first.sha256, "补记")
    assert refused(actions.correct_minutes, published=first, reason="x", at=AT, by=council.secretary()) == (
        "not_possible"
    )


def test_correction_begins_once_and_says_what():
    first = council.published()
    by = council.secretary()
    assert refused(actions.correct_minutes, published=first, reason=" ", at=AT, by=by) == "reason_missing"
    actions.correct_minutes(published=first, reason="票数", at=AT, by=by)
    again = refused(actions.correct_minutes, published=first, reason="票数", at=AT, by=by)
    assert again == "correction_begun"


def test_correction_of_a_count_counts_anew_and_leaves_the_published_text():
    first = council.published()
    item = first.meeting.items.get()
    assert refused(council.resolution, item=item, at=AT) == "minutes_fixed"
    second = actions.correct_minutes(published=first, reason="票数", at=AT, by=council.secretary())
    council.resolution(item=item, yes=4, no=4, abstain=1, at=AT)
    council.to_approved(second)
    actions.publish_minutes(minutes=second, at=AT, by=council.secretary())
    first.refresh_from_db()
    outcomes = [row.sheet.points[0].resolution.outcome for row in (first, second)]
    assert outcomes == ["adopted", "rejected"]
    assert Resolution.objects.get().outcome == "rejected"


def test_differences_name_the_passage_and_the_words():
    first = council.published()
    second = council.corrected(first, "大家都发了言。没有反对意见。")
    [difference] = sheet_differences(first.sheet, second.sheet)
    assert [(piece.kind, piece.text) for piece in difference.pieces] == [
        ("same", "大家都发了言。"),
        ("ins", "没有反对意见。"),
    ]


def test_words_stay_whole_and_characters_stand_alone():
    kinds = [(piece.kind, piece.text) for piece in compare_texts("10 of 12", "11 of 12")]
    assert kinds == [("del", "10"), ("ins", "11"), ("same", " of 12")]
    kinds = [(piece.kind, piece.text) for piece in compare_texts("同意", "不同意")]
    assert kinds == [("ins", "不"), ("same", "同意")]


# For good ---------------------------------------------------------------------------------------------------

TABLE = MinutesVersion._meta.db_table
FORBIDDEN = {
    "sqlite": [
        "UPDATE {table} SET body = body || ' '",
        "UPDATE {table} SET sha256 = 'x'",
        "UPDATE {table} SET status = 'draft'",
        "UPDATE {table} SET status = 'approved'",
        "UPDATE {table} SET status = 'superseded', body = 'x'",
        "UPDATE {table} SET status = 'superseded', published_at = NULL",
        "UPDATE {table} SET status_at = status_at",
        "DELETE FROM {table}",
    ],
    "postgresql": ["TRUNCATE {table} CASCADE"],
}
FORBIDDEN["postgresql"] += FORBIDDEN["sqlite"]
FORBIDDEN["sqlite"] = [
    *FORBIDDEN["sqlite"],
    "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    "INSERT OR IGNORE INTO {table} SELECT * FROM {table}",
    "INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT DO NOTHING",
]


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table=TABLE))


@pytest.mark.parametrize("statement", FORBIDDEN[connection.vendor])
def test_scenario_9_published_minutes_refuse_sql(statement):
    council.published()
    connection.check_constraints()
    before = list(MinutesVersion.objects.values())
    with pytest.raises(IntegrityError, match="append-only"):
        run(statement)
    assert list(MinutesVersion.objects.values()) == before


@pytest.mark.parametrize("statement", FORBIDDEN[connection.vendor])
def test_replaced_minutes_refuse_sql(statement):
    council.corrected(council.published())
    connection.check_constraints()
    before = list(MinutesVersion.objects.values())
    with pytest.raises(IntegrityError):
        run(statement if "DELETE" in statement or "INTO" in statement or "TRUNC" in statement else
            statement + " WHERE status = 'superseded'")  # fmt: skip
    assert list(MinutesVersion.objects.values()) == before


def test_scenario_9_published_minutes_refuse_the_orm():
    row = council.published()
    for act in (
        row.delete,
        MinutesVersion.objects.all().delete,
        lambda: MinutesVersion.objects.update(body="x"),
        lambda: MinutesVersion.objects.update(status="draft"),
        row.save,
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


@pytest.mark.parametrize("state", ["approved", "in_review"])
def test_text_in_other_hands_does_not_change_either(state):
    minutes = council.draft()
    actions.submit_minutes(minutes=minutes, at=AT, by=council.secretary())
    if state == "approved":
        actions.approve_minutes(minutes=minutes, at=AT, by=council.chair())
    with pytest.raises(IntegrityError, match="append-only"):
        run("UPDATE {table} SET body = 'x'")
    with pytest.raises(IntegrityError, match="append-only"):
        run("UPDATE {table} SET body = 'x', status = 'draft'")


def test_draft_is_not_deleted_and_not_published_past_its_review():
    council.draft()
    for statement in ("DELETE FROM {table}", "UPDATE {table} SET status = 'published'"):
        with pytest.raises(IntegrityError):
            run(statement)


COPY = (
    "{verb} INTO {table} (community_id, meeting_id, version, body, revision, sha256, correction, status,"
    " status_at, note, drafted_by_id, approved_by_id, published_at)"
    " SELECT community_id, meeting_id, {version}, 'x', 0, 'x', 'x', {status}, status_at, '', drafted_by_id,"
    " approved_by_id, published_at FROM {table}"
)


@pytest.mark.parametrize(
    "values", [("1", "'draft'"), ("2", "status"), ("2", "'superseded'"), ("2", "'approved'")]
)
def test_row_with_a_new_id_does_not_take_the_place_of_published_minutes(values):
    """The same version, a second published one, or one that was never a draft."""
    council.published()
    before = list(MinutesVersion.objects.values())
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    version, status = values
    with pytest.raises(IntegrityError):
        run(COPY.format(verb=verb, table=TABLE, version=version, status=status))
    assert list(MinutesVersion.objects.values()) == before


@pytest.mark.parametrize(
    "change",
    ["version = 1", "id = (SELECT min(id) FROM {table})", "meeting_id = meeting_id + 1", "sha256 = 'x'"],
)
def test_draft_does_not_take_the_place_of_published_minutes(change):
    actions.correct_minutes(published=council.published(), reason="补记", at=AT, by=council.secretary())
    before = list(MinutesVersion.objects.values())
    verb = "UPDATE OR REPLACE" if connection.vendor == "sqlite" else "UPDATE"
    with pytest.raises(IntegrityError):
        run(f"{verb} {{table}} SET {change} WHERE status = 'draft'")
    assert list(MinutesVersion.objects.values()) == before


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no UPDATE OR REPLACE")
def test_second_publication_does_not_take_the_place_of_the_first():
    """The step itself is allowed; the row that it would push out is published."""
    minutes = council.published()
    correction = actions.correct_minutes(published=minutes, reason="补记", at=AT, by=council.secretary())
    council.to_approved(council.written(correction))
    with pytest.raises(IntegrityError, match="append-only"):
        run(
            "UPDATE OR REPLACE {table} SET status = 'published', sha256 = 'x', published_at = status_at"
            " WHERE status = 'approved'"
        )
    assert MinutesVersion.objects.count() == 2


def names() -> set[str]:
    events = {
        "sqlite": ["update", "delete", "insert"],
        "postgresql": ["update", "delete", "truncate", "insert"],
    }
    return {f"{TABLE}_no_{event}" for event in events[connection.vendor]}


def test_lost_triggers_are_missed_and_migrate_puts_them_back():
    append_only.drop_triggers(connection, [MinutesVersion])
    assert append_only.missing_triggers(connection) == names()
    warned = [warning.msg for warning in run_checks(tags=["database"], databases=["default"])]
    assert sum(TABLE in sentence for sentence in warned) == len(names())
    call_command("migrate", verbosity=0)
    assert append_only.missing_triggers(connection) == set()
    council.published()
    with pytest.raises(IntegrityError, match="append-only"):
        run("UPDATE {table} SET body = 'x'")


@pytest.mark.django_db(transaction=True)
def test_scenario_9_triggers_come_back_after_a_migration_that_remakes_the_table():
    """Django alters a column on SQLite by making the table anew, and its triggers are lost with it."""
    council.published()
    old = MinutesVersion._meta.get_field("note")
    new = old.clone()
    new.max_length = 300
    new.set_attributes_from_name("note")
    new.model = MinutesVersion
    town_stamp.drop_triggers(connection)  # as `migrate` does before it begins
    with connection.schema_editor() as editor:
        editor.alter_field(MinutesVersion, old, new)
    call_command("migrate", verbosity=0)
    try:
        assert append_only.missing_triggers(connection) == set()
        with pytest.raises(IntegrityError, match="append-only"):
            run("UPDATE {table} SET body = 'x'")
    finally:
        town_stamp.drop_triggers(connection)
        with connection.schema_editor() as editor:
            editor.alter_field(MinutesVersion, new, old)
        call_command("migrate", verbosity=0)


@pytest.mark.planted
def test_one_changed_byte_is_found_and_named(capsys):
    minutes = council.published()
    append_only.drop_triggers(connection, [MinutesVersion])
    MinutesVersion.objects.update(body=minutes.body.replace("大家", "大伙"))
    append_only.install_triggers(connection, [MinutesVersion])
    with pytest.raises(CommandError):
        call_command("check_invariants")
    assert "minutes 2026-11 v1: the text differs from its hash" in capsys.readouterr().err


@pytest.mark.parametrize(
    "values",
    [
        {"status": "published", "sha256": "x"},
        {"status": "approved"},
        {"version": 2},
    ],
)
def test_database_keeps_the_promises_of_minutes(values):
    """A second published version, a published one without a hash, an approval by nobody."""
    council.published()
    meeting = MinutesVersion.objects.get().meeting
    row = {"meeting": meeting, "community": meeting.community, "version": 2, "body": "x", "status_at": AT}
    row |= {"drafted_by": council.secretary(), "status": "published", "published_at": AT}
    row |= {"approved_by": council.chair() if values.get("status") == "published" else None}
    with pytest.raises(IntegrityError), transaction.atomic():
        MinutesVersion.objects.create(**row | values)


def test_each_step_is_on_record():
    minutes = council.published()
    verbs = Record.objects.about(minutes).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == [
        "minutes_drafted",
        "minutes_written",
        "minutes_submitted",
        "minutes_approved",
        "minutes_published",
    ]


def test_versions_are_seen_by_staff_of_the_community_and_once_published_by_all():
    draft = council.draft()
    elsewhere = council.secretary(community=make.community())
    assert [MinutesVersion.objects.for_user(user).exists() for user in (draft.drafted_by, elsewhere)] == [
        True,
        False,
    ]
    assert not MinutesVersion.objects.public().exists()
    actions.publish_minutes(minutes=council.to_approved(draft), at=AT, by=draft.drafted_by)
    assert MinutesVersion.objects.public().get() == draft
