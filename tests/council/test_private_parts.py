"""ID numbers, phones and flats are noticed before a text becomes public for good."""

import pytest

from circle.identifiers.number_scan import find_id_numbers
from circle.models import Record, Resident
from council import actions
from council.actions.text_scan import find_private_parts, private_parts
from council.models import ConfirmedPart
from tests import make
from tests import make_council as council
from tests.council.desk import again, code_of, url
from tests.make_council import refused

pytestmark = pytest.mark.django_db
AT = council.AFTER
ID, PHONE, FLAT = "110105194912310021", "13800000000", "3栋2单元501室"


@pytest.mark.parametrize(
    "text",
    [
        f"身份证{ID}。",
        "身份证110105 19491231 0021",
        "身份证11010519491231002X",
        "身份证11010519491231002x",
        "身份证１１０１０５１９４９１２３１００２１",
    ],
)
def test_id_number_is_found_in_any_spelling(text):
    assert len(find_id_numbers(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        PHONE,
        "138 0000 0000",
        "138-0000-0000",
        "+86 13800000000",
        "１３８００００００００",
        "021-50500000",
        FLAT,
        "3幢501室",
        "12号楼302",
        "3-2-501",
        "住501室",
    ],
)
def test_phone_or_flat_is_found(text):
    assert len(find_private_parts(f"请联系{text}，谢谢。")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-26 19:00开会，到会12人。",
        "议〔2026〕11-03，SJ-2026-00042。",
        "预算138000元，共1200元/户，12345热线。",
        "单号110105999912310021",
        "3栋楼道的灯，第2单元的门。",
    ],
)
def test_figures_that_are_nobodys_are_left_alone(text):
    assert (find_id_numbers(text), find_private_parts(text)) == ([], [])


WHY = "居委会的公开电话"


def accept(topic, words, **more):
    sent = {"topic": topic, "public_text_zh": words, "at": council.IN_CALL, "by": council.secretary()}
    return actions.accept_topic(**sent | more)


def test_public_words_with_a_phone_are_confirmed():
    topic = council.topic()
    assert refused(accept, topic=topic, words=f"打{PHONE}") == "personal_data_shown"
    assert refused(accept, topic=topic, words=f"打{PHONE}", reasons={PHONE: "  "}) == "personal_data_shown"
    accept(topic, f"打{PHONE}", reasons={PHONE: WHY})
    assert Record.objects.get(verb="topic_accepted").details == {"confirmed": 1}


def test_public_words_with_an_id_number_are_never_confirmed():
    assert refused(accept, topic=council.topic(), words=ID, reasons={ID: WHY}) == "id_number_shown"


@pytest.mark.parametrize("name", ["answer_zh", "answer_en"])
def test_answer_is_looked_at_in_both_languages(name):
    topic = council.accepted()
    sent = {"topic": topic, "answer_zh": "好", "at": AT, "by": council.secretary()} | {name: FLAT}
    assert refused(actions.answer_topic, **sent) == "personal_data_shown"
    actions.answer_topic(reasons={FLAT: WHY}, **sent)


def test_agenda_is_looked_at_before_it_is_published():
    item = council.item(text_zh=f"{FLAT}漏水")
    sent = {"meeting": item.meeting, "at": council.NOTICED, "by": council.secretary()}
    assert refused(actions.publish_agenda, **sent) == "personal_data_shown"
    actions.publish_agenda(reasons={FLAT: WHY}, **sent)


@pytest.mark.parametrize(("text", "code"), [(PHONE, "personal_data_shown"), (ID, "id_number_shown")])
def test_minutes_are_looked_at_before_they_are_fixed(text, code):
    minutes = council.draft()
    council.written(minutes, f"张三说：{text}。")
    sent = {"minutes": minutes, "at": AT, "by": council.secretary()}
    assert refused(actions.submit_minutes, **sent) == code
    if code == "personal_data_shown":
        actions.submit_minutes(reasons={PHONE: WHY}, **sent)


def test_resolution_is_looked_at_with_the_minutes():
    minutes = council.draft()
    council.resolution(item=minutes.meeting.items.get(), text_zh=f"请{PHONE}处理。")
    sent = {"minutes": minutes, "at": AT, "by": council.secretary()}
    assert refused(actions.submit_minutes, **sent) == "personal_data_shown"


def test_minutes_that_were_submitted_before_are_not_published_with_an_id_number():
    minutes = council.draft()
    council.written(minutes, "正文甲。")
    minutes.body = minutes.body.replace("正文甲。", ID)
    minutes.save()
    type(minutes).objects.filter(pk=minutes.pk).update(status="in_review")
    approved = actions.approve_minutes(minutes=minutes, at=AT, by=council.chair())
    sent = {"minutes": approved, "at": AT, "by": council.secretary()}
    assert refused(actions.publish_minutes, **sent) == "id_number_shown"


def reasons_of(answer) -> dict:
    """A reason for everything that the page asks about."""
    return dict.fromkeys(answer.context["form"].asked, WHY)


def test_clerk_confirms_on_the_same_page(client, secretary, clock):
    topic = council.topic()
    address = url("topic_do", topic.pk, "accept")
    form = client.get(address).context["form"]
    assert not form.asked
    sent = {"public_text_zh": f"打{PHONE}", "seen": form["seen"].value()}
    answer = client.post(address, sent)
    assert code_of(answer) == "personal_data_shown"
    assert f"<mark>{PHONE}</mark>" in answer.text
    assert client.post(address, sent | reasons_of(answer)).status_code == 302
    assert ConfirmedPart.objects.get().reason == WHY


def test_clerk_confirms_agenda_and_minutes_too(client, secretary, clock):
    minutes = council.draft()
    council.written(minutes, f"请打{PHONE}。")
    address = url("minutesversion_do", minutes.pk, "submit_minutes")
    asked = client.post(address)
    assert code_of(asked) == "personal_data_shown"
    assert client.post(address, reasons_of(asked)).status_code == 302
    item = council.item(meeting=council.calling(body=minutes.meeting.body, part=3), text_zh=FLAT)
    clock.move_to(council.NOTICED)
    again(client, secretary)
    address = url("meeting_do", item.meeting_id, "publish_agenda")
    asked = client.post(address)
    assert code_of(asked) == "personal_data_shown"
    assert client.post(address, reasons_of(asked)).status_code == 302


@pytest.mark.parametrize("typed", ["王小明", "王 小 明", "王\u3000小明"])
def test_name_of_a_registered_resident_is_found(typed):
    make.resident(name="王小明")
    assert refused(accept, topic=council.topic(), words=f"{typed}家漏水") == "personal_data_shown"


def test_longer_name_hides_the_shorter_one_in_it():
    for name in ("王小", "王小明"):
        make.resident(name=name)
    found = private_parts(make.here().pk, ["请王小明来"])
    assert [part.text for part in found] == ["王小明"]


def test_names_of_other_communities_and_of_erased_people_are_not_asked():
    topic = council.topic()
    make.resident(name="王小明", community=make.community())
    gone = make.resident(name="李小红")
    Resident.objects.filter(pk=gone.pk).update(erased_at=AT)
    accept(topic, "王小明和李小红的路")


def test_false_hit_is_asked_once_a_meeting():
    make.resident(name="高兴")
    topic = council.topic()
    accept(topic, "大家很高兴", reasons={"高兴": "不是人名"})
    accept(topic, "大家都很高兴")
    assert ConfirmedPart.objects.count() == 1
    other = council.topic(
        meeting=council.calling(body=council.committee()), via="paper", by=council.secretary()
    )
    assert refused(accept, topic=other, words="高兴") == "personal_data_shown"


def test_officers_and_names_in_published_minutes_are_one_group(client, secretary, clock):
    council.written(minutes := council.draft(), "王小明发言。")
    council.seat(resident=make.resident(name="赵主任"), body=minutes.meeting.body, seat="committee")
    make.resident(name="王小明")
    sent = {"minutes": minutes, "at": AT, "by": council.secretary()}
    actions.submit_minutes(reasons={"王小明": "本人同意"}, **sent)
    actions.approve_minutes(minutes=minutes, at=AT, by=council.chair())
    actions.publish_minutes(**sent)
    make.resident(name="钱小花")
    topic = council.topic(
        meeting=council.calling(body=minutes.meeting.body, part=3), via="paper", by=council.secretary()
    )
    address = url("topic_do", topic.pk, "accept")
    words = {"public_text_zh": "赵主任、王小明、钱小花的事"}
    asked = client.post(address, words | {"seen": topic.words_digest})
    assert sorted(asked.context["form"].asked.values()) == [["王小明", "赵主任"], ["钱小花"]]
    assert client.post(address, words | {"seen": topic.words_digest} | reasons_of(asked)).status_code == 302
    assert ConfirmedPart.objects.filter(meeting=topic.meeting).count() == 3


def test_reason_has_no_id_number_in_it():
    assert refused(accept, topic=council.topic(), words=PHONE, reasons={PHONE: ID}) == "id_number_shown"
