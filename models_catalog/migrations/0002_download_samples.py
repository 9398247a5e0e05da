"""Download samples, partitioned by month. Django knows the table as an ordinary managed model."""

from django.db import migrations, models

CREATE = """
CREATE TABLE models_catalog_downloadsample (
    subject_id bigint NOT NULL,
    "window" varchar(10) NOT NULL,
    day date NOT NULL,
    observed_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    count bigint NOT NULL,
    fetch_id bigint NOT NULL,
    PRIMARY KEY (subject_id, "window", day, observed_at)
) PARTITION BY RANGE (day);
CREATE TABLE models_catalog_downloadsample_rest PARTITION OF models_catalog_downloadsample DEFAULT;
CREATE INDEX downloads_by_fetch ON models_catalog_downloadsample (fetch_id);
"""


class Migration(migrations.Migration):
    dependencies = [("models_catalog", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(CREATE, "DROP TABLE models_catalog_downloadsample")
            ],
            state_operations=[
                migrations.CreateModel(
                    name='DownloadSample',
                    fields=[
                        ('pk', models.CompositePrimaryKey('subject_id', 'window', 'day', 'observed_at', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('subject_id', models.BigIntegerField()),
                        ('window', models.CharField(max_length=10)),
                        ('day', models.DateField()),
                        ('observed_at', models.DateTimeField()),
                        ('recorded_at', models.DateTimeField()),
                        ('count', models.BigIntegerField()),
                        ('fetch_id', models.BigIntegerField()),
                    ],
                ),
            ],
        )
    ]
