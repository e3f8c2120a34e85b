
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ipd.kernel.first_tables import FirstTables


class Migration(migrations.Migration):

    dependencies = [
        ('gates', '0003_citations_and_verdicts_are_append_only'),
        ('ipd', '0006_products_are_found_by_code'),
        ('teams', '0005_academy'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        FirstTables([
            migrations.CreateModel(
                name='Exercise',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('judged', models.JSONField(default=dict)),
                    ('reason', models.TextField(blank=True)),
                    ('settled_chance', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('passed_chance', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('slip_days', models.SmallIntegerField(blank=True, null=True)),
                    ('was_there', models.BooleanField(default=False)),
                    ('started_at', models.DateTimeField(auto_now_add=True)),
                    ('voted_at', models.DateTimeField(blank=True, null=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                ],
                options={
                    'ordering': ['-started_at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='Presenter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('act', models.CharField(choices=[('present', 'presents'), ('run_room', 'runs the room'), ('decide', 'decides')], default='present', max_length=10)),
                    ('named_at', models.DateTimeField(auto_now_add=True)),
                    ('signed_at', models.DateTimeField(blank=True, null=True)),
                    ('note', models.TextField(blank=True)),
                ],
                options={
                    'ordering': ['review_id', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Rehearsal',
                fields=[
                    ('review', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='rehearsal', serialize=False, to='gates.review')),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                    ('rationale', models.TextField(blank=True)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('frozen', models.JSONField(default=dict)),
                    ('ledger_sequence', models.BigIntegerField(blank=True, null=True, unique=True)),
                ],
                options={
                    'ordering': ['-made_at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='RehearsalGap',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.TextField()),
                    ('found_at', models.DateTimeField()),
                    ('settled_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['review_id', 'criterion_id', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='RehearsalSeat',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('part', models.CharField(choices=[('chair', 'Chair'), ('member', 'Voting member'), ('secretary', 'Secretary'), ('presenter', 'Presenter'), ('team', 'Team')], max_length=10)),
                ],
                options={
                    'ordering': ['review_id', 'pk'],
                },
            ),
            migrations.AddField(
                model_name='exercise',
                name='outcome',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gates.outcome'),
            ),
            migrations.AddField(
                model_name='exercise',
                name='person',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exercises', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='exercise',
                name='review',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exercises', to='gates.review'),
            ),
            migrations.AddField(
                model_name='presenter',
                name='mentor',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='beside', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='presenter',
                name='named_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='presenter',
                name='person',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='presenter',
                name='review',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='presenters', to='gates.review'),
            ),
            migrations.AddField(
                model_name='rehearsal',
                name='ended_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='rehearsal',
                name='made_by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='rehearsal',
                name='source',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rehearsals', to='gates.review'),
            ),
            migrations.AddField(
                model_name='rehearsalgap',
                name='criterion',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rehearsal_gaps', to='gates.reviewcriterion'),
            ),
            migrations.AddField(
                model_name='rehearsalgap',
                name='found_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='rehearsalgap',
                name='review',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rehearsal_gaps', to='gates.review'),
            ),
            migrations.AddField(
                model_name='rehearsalgap',
                name='settled_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='rehearsalseat',
                name='function',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.function'),
            ),
            migrations.AddField(
                model_name='rehearsalseat',
                name='person',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rehearsal_seats', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='rehearsalseat',
                name='review',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rehearsal_seats', to='gates.review'),
            ),
            migrations.AddConstraint(
                model_name='exercise',
                constraint=models.UniqueConstraint(fields=('person', 'review'), name='a_person_decides_a_review_anew_once'),
            ),
            migrations.AddConstraint(
                model_name='exercise',
                constraint=models.CheckConstraint(condition=models.Q(('voted_at', None), models.Q(('outcome__isnull', False), ('passed_chance__isnull', False), ('settled_chance__isnull', False), ('slip_days__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='a_vote_in_an_exercise_says_everything'),
            ),
            migrations.AddConstraint(
                model_name='exercise',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_chance', None), ('settled_chance__lte', 100), _connector='OR'), models.Q(('passed_chance', None), ('passed_chance__lte', 100), _connector='OR')), name='a_chance_is_between_0_and_100'),
            ),
            migrations.AddConstraint(
                model_name='presenter',
                constraint=models.UniqueConstraint(fields=('review', 'act'), name='one_person_is_named_for_an_act_at_a_review'),
            ),
            migrations.AddConstraint(
                model_name='presenter',
                constraint=models.CheckConstraint(condition=models.Q(('act__in', ['present', 'run_room', 'decide'])), name='a_practised_act_is_known'),
            ),
            migrations.AddConstraint(
                model_name='presenter',
                constraint=models.CheckConstraint(condition=models.Q(('mentor', None), models.Q(('mentor', models.F('person')), _negated=True), _connector='OR'), name='nobody_sits_beside_themselves'),
            ),
            migrations.AddConstraint(
                model_name='presenter',
                constraint=models.CheckConstraint(condition=models.Q(('signed_at', None), models.Q(('mentor__isnull', False), models.Q(('note', ''), _negated=True)), _connector='OR'), name='a_mentor_signs_with_words'),
            ),
            migrations.AddConstraint(
                model_name='rehearsal',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='a_rehearsal_ends_by_somebody'),
            ),
            migrations.AddConstraint(
                model_name='rehearsalgap',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('settled_by', None)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='a_gap_is_settled_by_somebody'),
            ),
            migrations.AddConstraint(
                model_name='rehearsalseat',
                constraint=models.UniqueConstraint(fields=('review', 'person'), name='a_person_plays_one_part_in_a_rehearsal'),
            ),
            migrations.AddConstraint(
                model_name='rehearsalseat',
                constraint=models.UniqueConstraint(condition=models.Q(('part', 'chair')), fields=('review',), name='a_rehearsal_has_one_chair'),
            ),
            migrations.AddConstraint(
                model_name='rehearsalseat',
                constraint=models.CheckConstraint(condition=models.Q(('part__in', ['chair', 'member', 'secretary', 'presenter', 'team'])), name='part_in_a_rehearsal_is_known'),
            ),
        ]),
        migrations.RemoveConstraint(
            model_name='review',
            name='one_attempt_of_a_number_per_product_and_gate',
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(condition=models.Q(('is_rehearsal', False)), fields=('product', 'gate', 'attempt'), name='one_attempt_of_a_number_per_product_and_gate'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('stage__in', ('decided', 'withdrawn')), _negated=True), ('is_rehearsal', True)), fields=('product', 'gate'), name='one_open_rehearsal_per_product_and_gate'),
        ),
    ]
