"""The agenda on a page of its own: a line for each item, saved at once."""

import pytest

from circle.models import Record
from council import actions
from council.models import AgendaItem
from tests import make_council as council
from tests.council.desk import agenda_of, send_agenda, url
from tests.make_council import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def titles(meeting) -> list[str]:
    items = list(meeting.items.order_by("number"))
    assert [item.number for item in items] == list(range(1, len(items) + 1))
    return [item.title_zh for item in items]


def test_whole_agenda_is_saved_at_once(client, secretary):
    topic = council.accepted()
    meeting = topic.meeting
    old = council.item(meeting=meeting, title_zh="旧项", kind="report")
    sent = agenda_of(client, meeting) | {
        f"item-{old.pk}-place": 3,
        "new-1-title_zh": "路灯",
        "new-1-kind": "decision",
        "new-1-topics": [topic.pk],
        "new-2-title_zh": "用电安全宣讲",
        "new-2-kind": "presentation",
        "new-2-text_zh": "　　请消防站来讲。",
    }
    response = send_agenda(client, meeting, sent)
    assert (response.status_code, response["Location"]) == (302, url("meeting_agenda", meeting.pk))
    assert titles(meeting) == ["路灯", "用电安全宣讲", "旧项"]
    lamp, talk = meeting.items.order_by("number")[:2]
    assert (list(lamp.topics.all()), lamp.title_en, talk.kind) == ([topic], "", "presentation")
    assert talk.text_zh == "　　请消防站来讲。"


def test_page_sent_back_as_it_was_changes_nothing(client, secretary):
    topic = council.accepted()
    council.item(meeting=topic.meeting, topics=[topic], text_zh="第一行\n\t第二行")
    council.item(meeting=topic.meeting, topics=[topic])
    before = Record.objects.count()
    assert send_agenda(client, topic.meeting, agenda_of(client, topic.meeting)).status_code == 302
    assert Record.objects.count() == before


@pytest.mark.parametrize(
    ("moved", "place", "order"),
    [(3, 1, "丙甲乙丁"), (1, 4, "乙丙丁甲"), (2, 3, "甲丙乙丁"), (3, 2, "甲丙乙丁"), (1, 99, "乙丙丁甲")],
)
def test_number_that_is_typed_moves_the_item(client, secretary, moved, place, order):
    meeting = council.calling()
    items = [council.item(meeting=meeting, title_zh=title) for title in "甲乙丙丁"]
    sent = agenda_of(client, meeting) | {f"item-{items[moved - 1].pk}-place": place}
    assert send_agenda(client, meeting, sent).status_code == 302
    assert "".join(titles(meeting)) == order
    assert Record.objects.filter(verb="agenda_ordered").count() == 1


def test_button_saves_what_was_typed_and_moves_one_up(client, secretary):
    meeting = council.calling()
    items = [council.item(meeting=meeting, title_zh=title) for title in "甲乙丙"]
    sent = agenda_of(client, meeting) | {f"item-{items[2].pk}-title_zh": "丁", "up": items[2].pk}
    send_agenda(client, meeting, sent)
    assert titles(meeting) == ["甲", "丁", "乙"]
    for no_number in ("x", "9" * 5000):
        send_agenda(client, meeting, agenda_of(client, meeting) | {"up": no_number})
    assert titles(meeting) == ["甲", "丁", "乙"]


def test_one_wrong_line_keeps_all_of_them(client, secretary):
    item = council.item(title_zh="甲")
    sent = agenda_of(client, item.meeting)
    sent |= {f"item-{item.pk}-title_zh": "乙", "new-1-text_zh": "没有标题", "new-1-kind": "decision"}
    response = send_agenda(client, item.meeting, sent)
    assert response.status_code == 422
    assert (titles(item.meeting), "没有标题" in response.text) == (["甲"], True)
    empty = agenda_of(client, item.meeting) | {f"item-{item.pk}-title_zh": " "}
    assert send_agenda(client, item.meeting, empty).status_code == 422


def test_refused_line_saves_nothing_of_the_others():
    first = council.item(title_zh="甲")
    second = council.item(meeting=first.meeting, title_zh="乙")
    first.title_zh, second.title_zh = "丙", "丁"
    lines = [actions.AgendaLine(first), actions.AgendaLine(second, seen="another")]
    values = {"meeting": first.meeting, "lines": lines, "at": council.IN_CALL, "by": council.secretary()}
    assert refused(actions.save_agenda, **values) == "changed_meanwhile"
    assert titles(first.meeting) == ["甲", "乙"]


def test_chair_reads_the_agenda_and_writes_nothing(client):
    item = council.item(title_zh="路灯")
    client.force_login(council.chair())
    page = client.get(url("meeting_agenda", item.meeting_id))
    assert ("路灯" in page.text, f"item-{item.pk}-title_zh" in page.text) == (True, False)
    assert client.post(url("meeting_agenda", item.meeting_id), {}).status_code == 403
    assert AgendaItem.objects.count() == 1


def test_long_agenda_takes_few_queries(client, secretary, queries_of):
    topic = council.accepted()
    for _ in range(60):
        council.item(meeting=topic.meeting, topics=[topic])
    assert queries_of(url("meeting_agenda", topic.meeting_id)) <= 20
    assert queries_of(url("meeting_change", topic.meeting_id)) <= 40


def test_agenda_sheet_to_sign_and_slips_are_printed(client, secretary):
    meeting = council.noticed()
    seat, *_others = council.seats(3, body=meeting.body)
    council.seat(body=meeting.body, seat="observer", is_voting=False)
    page = client.get(url("meeting_print", meeting.pk))
    assert seat.resident.name in page.text
    assert meeting.items.get().title_zh in page.text
    slips = client.get(url("meeting_print", meeting.pk), {"slips": "1"})
    assert len(slips.context["slips"]) == 3
    assert seat.resident.name not in slips.text
