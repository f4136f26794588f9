from django.db import migrations, models

COUNT = """
UPDATE newsroom_listcount SET standing =
    (SELECT COUNT(*) FROM newsroom_placement WHERE newsroom_placement.list = newsroom_listcount.list)
"""


class Migration(migrations.Migration):

    dependencies = [("newsroom", "0002_indexes_for_a_grown_archive")]

    operations = [
        migrations.AddField("listcount", "standing", models.PositiveIntegerField(default=0)),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
    ]
