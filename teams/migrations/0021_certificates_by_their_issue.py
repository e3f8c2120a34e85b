from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("teams", "0020_academy_communities")]

    operations = [
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(fields=["-issued_on", "-id"], name="certificates_by_their_issue"),
        ),
    ]
