from django.db import migrations

from warraq.newsroom import indexes


def ensure(apps, schema_editor):
    indexes.ensure(schema_editor.connection)


class Migration(migrations.Migration):
    """An existing paper gets them now; from then on `post_migrate` sees that they stay."""

    dependencies = [
        ("newsroom", "0001_newsroom"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(ensure, migrations.RunPython.noop)]
