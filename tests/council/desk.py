"""What the tests of the secretary's desk send and read."""

from django.urls import reverse
from django.utils import translation

from council.backoffice.queues import queues


def url(name: str, *args) -> str:
    with translation.override("zh-hans"):
        return reverse(f"admin:council_{name}", args=args)


def do(client, meeting, verb: str, **sent):
    return client.post(url("meeting_do", meeting.pk, verb), sent)


def code_of(response) -> str:
    return response.context["question"].refusal.code


def again(client, user) -> None:
    """Days later: who left the desk has been signed out."""
    client.logout()
    client.force_login(user)


def save(client, address: str, sent: dict):
    """Fill in the form as it is shown now."""
    shown = client.get(address).context
    seen = {"revision": shown["revision"]}
    if "item" in shown:
        seen["seen_result"] = shown["item"].status
    return client.post(address, seen | sent)


def accept(client, topic, **words):
    """Put the topic into public words, upon those that are shown now."""
    address = url("topic_do", topic.pk, "accept")
    return client.post(address, words | {"seen": client.get(address).context["form"]["seen"].value()})


def approve(client, minutes):
    """Read the text that is asked about, and say yes."""
    address = url("minutesversion_do", minutes.pk, "approve_minutes")
    [(name, digest)] = client.get(address).context["question"].hidden
    return client.post(address, {name: digest})


def times(**values) -> dict:
    sent = {
        "starts_at_0": "2026-11-26",
        "starts_at_1": "19:00",
        "ends_at_0": "2026-11-26",
        "ends_at_1": "21:00",
        "call_opens_at_0": "2026-11-02",
        "call_opens_at_1": "08:00",
        "call_closes_at_0": "2026-11-23",
        "call_closes_at_1": "18:00",
    }
    return sent | values


def agenda_of(client, meeting) -> dict:
    """What the page of the agenda would send as it is shown now."""
    sent = {}
    for line in client.get(url("meeting_agenda", meeting.pk)).context["lines"]:
        form = line.form
        values = {form.add_prefix(name): form[name].value() for name in form.fields}
        sent |= {name: value for name, value in values.items() if value not in (None, False)}
    return sent


def send_agenda(client, meeting, sent: dict):
    return client.post(url("meeting_agenda", meeting.pk), sent)


def slip(meeting, **values) -> dict:
    sent = {"meeting": meeting.pk, "text": "路灯不亮。", "via": "paper", "name": "", "phone": "", "once": "k"}
    return sent | values


def counted(user) -> list[int]:
    return [queue.count for queue in queues(user)]
