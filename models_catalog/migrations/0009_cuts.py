from django.db import migrations, models
import django.db.models.deletion

CUTS = [('index', 'index'), ('domain', 'domain'), ('benchmark', 'benchmark'), ('split', 'split')]


class Migration(migrations.Migration):
    """Scales of parts of the scores, their histories, and refusals per question (kept only until the next answer)."""

    dependencies = [
        ('models_catalog', '0008_sweeps'),
    ]

    operations = [
        migrations.AddField(
            model_name='generation',
            name='detailed_at',
            field=models.DateTimeField(help_text='the same, for what stands beside the headlines', null=True),
        ),
        migrations.AddField(
            model_name='fit',
            name='cut',
            field=models.CharField(choices=CUTS, default='index', max_length=10),
        ),
        migrations.AddField(
            model_name='fit',
            name='key',
            field=models.CharField(blank=True, default='', max_length=80),
        ),
        migrations.RemoveConstraint(model_name='fit', name='one_fit_per_inputs'),
        migrations.AddConstraint(
            model_name='fit',
            constraint=models.UniqueConstraint(fields=('inputs', 'cut', 'key', 'method_version', 'inputs_hash'), name='one_fit_per_inputs'),
        ),
        migrations.AddField(
            model_name='issue',
            name='sensitivity',
            field=models.CharField(blank=True, default='', max_length=120),
        ),
        migrations.CreateModel(
            name='History',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('days', models.JSONField(help_text='ISO days, oldest first')),
                ('series', models.JSONField(help_text='{"catch_up 0": [[value, low, high, at_least, n, censored_share, reason], …], …}')),
                ('computed_at', models.DateTimeField()),
                ('fit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='history', to='models_catalog.fit')),
            ],
            options={'verbose_name_plural': 'histories'},
        ),
        migrations.DeleteModel(name='Refusal'),
        migrations.CreateModel(
            name='Refusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('inputs', models.CharField(choices=[('all', 'all'), ('own', 'own'), ('epoch', 'epoch')], max_length=8)),
                ('cut', models.CharField(choices=CUTS, default='index', max_length=10)),
                ('key', models.CharField(blank=True, default='', max_length=80)),
                ('reason', models.TextField()),
                ('refused_at', models.DateTimeField()),
            ],
            options={'constraints': [models.UniqueConstraint(fields=('inputs', 'cut', 'key'), name='one_refusal_per_question')]},
        ),
    ]
