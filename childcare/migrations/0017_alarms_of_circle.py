from django.db import migrations

EVENTS = ["child_not_collected", "child_still_here"]


def drop_queued_messages(apps, schema_editor):
    """Messages about children not collected are sent by alarms now; none of the old ones can be sent any more."""
    waiting = apps.get_model("circle", "Message").objects.filter(event__in=EVENTS, status="queued")
    waiting.update(status="dropped", fault="no_longer_true")


class Migration(migrations.Migration):
    dependencies = [("childcare", "0016_rounds"), ("circle", "0006_building_order")]

    operations = [
        migrations.RunPython(drop_queued_messages, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField(model_name="childday", name="alerts_sent"),
    ]
