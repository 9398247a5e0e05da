from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0004_generation_marks")]

    operations = [
        migrations.AlterField(
            model_name="observation",
            name="kind",
            field=models.CharField(
                choices=[
                    ("release", "release"),
                    ("licence", "licence"),
                    ("downloads", "downloads"),
                    ("price", "price"),
                    ("score", "score"),
                    ("runtime", "runtime"),
                    ("lifecycle", "lifecycle"),
                    ("openness", "openness"),
                    ("provider", "provider"),
                ],
                max_length=10,
            ),
        ),
    ]
