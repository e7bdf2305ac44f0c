"""What was typed as a firm's name becomes a firm; a file of its own, for PostgreSQL alters no table whose
rows have just been written."""

from django.db import migrations


def to_rows(apps, schema_editor):
    firms, posts = apps.get_model("circle", "Firm").objects, apps.get_model("circle", "StaffPost").objects
    for post in posts.exclude(firm_name=""):
        names = {"name_zh": post.firm_name, "name_en": post.firm_name}
        post.firm = firms.get_or_create(community_id=post.community_id, **names)[0]
        post.save(update_fields=["firm"])


def to_names(apps, schema_editor):
    for post in apps.get_model("circle", "StaffPost").objects.exclude(firm=None).select_related("firm"):
        post.firm_name = post.firm.name_zh
        post.save(update_fields=["firm_name"])


class Migration(migrations.Migration):
    dependencies = [("circle", "0019_firms")]

    operations = [migrations.RunPython(to_rows, to_names)]
