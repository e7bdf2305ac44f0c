"""Each topic belongs to the body of its meeting, and gets the stations that its row still tells of.

When it was taken up before it was answered stands in the audit log only. Dates were not promised before this.
"""

from django.db import migrations

STATION = {"accepted": "accepted", "answered": "answered", "declined": "declined"}


def fill(apps, schema_editor):
    topics, stations, answers = (
        apps.get_model("council", name).objects for name in ("Topic", "Station", "PublicAnswer")
    )
    for topic in topics.select_related("meeting").order_by("pk").iterator():
        topics.filter(pk=topic.pk).update(body=topic.meeting.body_id)
        same = {"community_id": topic.community_id, "topic": topic}
        stations.create(kind="received", at=topic.came_at, meeting_id=topic.meeting_id, **same)
        if topic.status in STATION:
            stations.create(kind=STATION[topic.status], at=topic.status_at, **same)
        if topic.status == "answered":
            texts = {"text_zh": topic.answer_zh, "text_en": topic.answer_en}
            answers.create(kind="final", office="committee", at=topic.status_at, **texts, **same)


class Migration(migrations.Migration):
    dependencies = [("council", "0023_stations_of_topics")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
