from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("warraq_intake", "0001_origins")]

    operations = [
        migrations.AddField(
            model_name="origin",
            name="file",
            field=models.CharField(blank=True, db_index=True, default="", max_length=255),
            preserve_default=False,
        ),
    ]
