
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from ipd.kernel.first_tables import FirstTables


class Migration(migrations.Migration):

    dependencies = [
        ('teams', '0004_readings_and_bonuses_are_kept'),
    ]

    operations = [
        FirstTables([
            migrations.CreateModel(
                name='Assignment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField(default=1)),
                    ('brief', models.TextField()),
                    ('started_on', models.DateField()),
                    ('due_on', models.DateField()),
                    ('text', models.TextField(blank=True)),
                    ('state', models.CharField(choices=[('open', 'Being worked on'), ('handed_in', 'Handed in'), ('passed', 'Passed'), ('not_yet', 'Not yet')], default='open', max_length=9)),
                    ('decided_on', models.DateField(blank=True, null=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                ],
                options={
                    'ordering': ['-started_on', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='Cohort',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=20, unique=True)),
                    ('starts_on', models.DateField()),
                    ('ends_on', models.DateField()),
                    ('places', models.PositiveSmallIntegerField()),
                ],
                options={
                    'ordering': ['-starts_on', 'code'],
                },
            ),
            migrations.CreateModel(
                name='ModuleItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=30)),
                    ('number', models.PositiveSmallIntegerField(default=1)),
                    ('kind', models.CharField(choices=[('single', 'One answer'), ('multiple', 'Several answers'), ('number', 'A number'), ('order', 'An order')], max_length=10)),
                    ('objective', models.CharField(max_length=30)),
                    ('difficulty', models.PositiveSmallIntegerField()),
                    ('stem', models.TextField()),
                    ('content', models.JSONField()),
                    ('explanation', models.TextField()),
                    ('retired_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['module_id', 'code', '-number'],
                },
            ),
            migrations.CreateModel(
                name='LearningModule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=20, unique=True)),
                    ('is_compulsory', models.BooleanField(default=True)),
                    ('review_months', models.PositiveSmallIntegerField(default=12)),
                    ('reviewed_on', models.DateField(blank=True, null=True)),
                    ('order', models.PositiveSmallIntegerField(default=0)),
                    ('retired_on', models.DateField(blank=True, null=True)),
                    ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='modules', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['order', 'code'],
                },
            ),
            migrations.CreateModel(
                name='PathElement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=20)),
                    ('kind', models.CharField(choices=[('MODULE', 'Modules'), ('ASSESSMENT', 'Assessment'), ('ASSIGNMENT', 'Assignment'), ('SIMULATION', 'Crisis simulation'), ('MENTORING', 'Mentoring'), ('PEER_REVIEW', 'Review by colleagues'), ('REFLECTION', 'Reflection'), ('PDP', 'Development plan'), ('BOARD', 'Board interview')], max_length=12)),
                    ('title', models.CharField(max_length=200)),
                    ('text', models.TextField(blank=True)),
                    ('from_week', models.PositiveSmallIntegerField()),
                    ('to_week', models.PositiveSmallIntegerField()),
                    ('hours', models.PositiveSmallIntegerField(default=0)),
                    ('credit', models.PositiveSmallIntegerField(default=0)),
                    ('is_required', models.BooleanField(default=True)),
                    ('refs', models.JSONField(default=list)),
                    ('choose', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('assessors', models.PositiveSmallIntegerField(default=0)),
                    ('pass_level', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('evidence', models.TextField(blank=True)),
                    ('order', models.PositiveSmallIntegerField(default=0)),
                ],
                options={
                    'ordering': ['stage_id', 'order'],
                },
            ),
            migrations.CreateModel(
                name='AssignmentAssessor',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('named_on', models.DateField()),
                    ('rated_at', models.DateTimeField(blank=True, null=True)),
                    ('accepted', models.BooleanField(blank=True, null=True)),
                    ('remark', models.TextField(blank=True)),
                    ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessors', to='teams.assignment')),
                    ('named_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['assignment_id', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='AssignmentPiece',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=200)),
                    ('link', models.URLField(blank=True, max_length=500)),
                    ('file', models.FileField(blank=True, upload_to='assignments/%Y/%m')),
                    ('file_name', models.CharField(blank=True, max_length=200)),
                    ('size', models.PositiveBigIntegerField(default=0)),
                    ('sha256', models.CharField(max_length=64)),
                    ('is_removed', models.BooleanField(default=False)),
                    ('added_at', models.DateTimeField(auto_now_add=True)),
                    ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pieces', to='teams.assignment')),
                ],
                options={
                    'ordering': ['assignment_id', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='AssignmentVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('text', models.TextField(blank=True)),
                    ('sha256', models.CharField(max_length=64)),
                    ('handed_in_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='teams.assignment')),
                    ('pieces', models.ManyToManyField(related_name='versions', to='teams.assignmentpiece')),
                ],
                options={
                    'ordering': ['assignment_id', '-number'],
                },
            ),
            migrations.CreateModel(
                name='BoardInterview',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('planned_on', models.DateField()),
                    ('place', models.CharField(max_length=200)),
                    ('state', models.CharField(choices=[('planned', 'Planned'), ('rated', 'Rated by all'), ('decided', 'Decided'), ('cancelled', 'Called off')], default='planned', max_length=10)),
                    ('result', models.CharField(blank=True, choices=[('passed', 'Certified'), ('not_yet', 'Not yet')], max_length=8)),
                    ('levels', models.JSONField(blank=True, default=dict)),
                    ('words', models.TextField(blank=True)),
                    ('again_on', models.DateField(blank=True, null=True)),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('planned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-planned_on', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='CalendarToken',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sha256', models.CharField(max_length=64, unique=True)),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_token', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='Certificate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('path', models.CharField(max_length=20)),
                    ('number', models.CharField(max_length=30, unique=True)),
                    ('issued_on', models.DateField()),
                    ('valid_until', models.DateField()),
                    ('basis', models.CharField(choices=[('interview', 'Board interview'), ('renewal', 'Renewed by practice'), ('experience', 'Recognised experience')], max_length=10)),
                    ('proof', models.JSONField(blank=True, default=list)),
                    ('revoked_on', models.DateField(blank=True, null=True)),
                    ('revoked_reason', models.CharField(blank=True, max_length=400)),
                    ('interview', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='certificate', to='teams.boardinterview')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to=settings.AUTH_USER_MODEL)),
                    ('renews', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewed_by', to='teams.certificate')),
                    ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-issued_on', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='Community',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120, unique=True)),
                    ('about', models.TextField()),
                    ('started_on', models.DateField()),
                    ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name_plural': 'communities',
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='CommunityMember',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_steward', models.BooleanField(default=False)),
                    ('joined_on', models.DateField()),
                    ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='teams.community')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='CommunityPost',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('note', 'Note or question'), ('lesson', 'Lesson')], max_length=6)),
                    ('title', models.CharField(max_length=200)),
                    ('text', models.TextField()),
                    ('state', models.CharField(choices=[('open', 'Told'), ('proposed', 'Waiting for a steward'), ('accepted', 'Taken up'), ('returned', 'Returned')], default='open', max_length=8)),
                    ('answered_on', models.DateField(blank=True, null=True)),
                    ('remark', models.TextField(blank=True)),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                    ('row_version', models.PositiveIntegerField(default=1)),
                    ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='teams.community')),
                ],
                options={
                    'ordering': ['-pk'],
                },
            ),
            migrations.CreateModel(
                name='CommunityReply',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.TextField()),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                    ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='teams.communitypost')),
                ],
                options={
                    'verbose_name_plural': 'community replies',
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='Competency',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=20, unique=True)),
                    ('name', models.CharField(max_length=120)),
                    ('about', models.CharField(blank=True, max_length=300)),
                    ('weight', models.PositiveSmallIntegerField()),
                    ('certify_at', models.PositiveSmallIntegerField()),
                    ('levels', models.JSONField()),
                    ('order', models.PositiveSmallIntegerField(default=0)),
                ],
                options={
                    'verbose_name_plural': 'competencies',
                    'ordering': ['order', 'code'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('weight__range', (1, 100))), name='a_competency_weighs_at_most_all'), models.CheckConstraint(condition=models.Q(('certify_at__range', (1, 5))), name='a_competency_is_certified_at_one_of_five_levels')],
                },
            ),
            migrations.AddField(
                model_name='community',
                name='competency',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='communities', to='teams.competency'),
            ),
            migrations.CreateModel(
                name='Content',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('scenario', 'Crisis simulation'), ('checklist', 'Checklist'), ('reflection', 'Reflection'), ('peer-review', 'Review by colleagues'), ('guide', 'Guide')], max_length=12)),
                    ('code', models.CharField(max_length=60)),
                    ('number', models.PositiveSmallIntegerField(default=1)),
                    ('title', models.CharField(max_length=200)),
                    ('body', models.JSONField()),
                    ('is_current', models.BooleanField(default=True)),
                    ('order', models.PositiveSmallIntegerField(default=0)),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                ],
                options={
                    'ordering': ['kind', 'order', 'code', '-number'],
                    'constraints': [models.UniqueConstraint(fields=('kind', 'code', 'number'), name='the_versions_of_a_content_are_numbered'), models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('kind', 'code'), name='one_version_of_a_content_is_current'), models.CheckConstraint(condition=models.Q(('kind__in', ['scenario', 'checklist', 'reflection', 'peer-review', 'guide'])), name='the_kind_of_a_content_is_known')],
                },
            ),
            migrations.CreateModel(
                name='CurriculumFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('path', models.CharField(max_length=120)),
                    ('number', models.PositiveSmallIntegerField(default=1)),
                    ('kind', models.CharField(choices=[('competencies', 'Competencies'), ('module', 'Module'), ('variant', 'Local layer of a module'), ('items', 'Items of a module'), ('path', 'Learning path'), ('tests', 'Tests before and after'), ('checklists', 'Checklists'), ('scenario', 'Crisis simulation'), ('reflections', 'Reflections'), ('peer-review', 'Review by colleagues'), ('guide', 'Guide')], max_length=12)),
                    ('title', models.CharField(max_length=200)),
                    ('source', models.TextField()),
                    ('sha256', models.CharField(max_length=64)),
                    ('is_current', models.BooleanField(default=True)),
                    ('brought_at', models.DateTimeField(auto_now_add=True)),
                    ('brought_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['path', '-number'],
                },
            ),
            migrations.CreateModel(
                name='CurriculumUpload',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('files', models.JSONField()),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-pk'],
                },
            ),
            migrations.CreateModel(
                name='Deed',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('deed', models.CharField(max_length=24)),
                    ('subject', models.CharField(blank=True, max_length=40)),
                    ('chain', models.CharField(blank=True, max_length=20)),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deeds', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['person_id', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='DevelopmentGoal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_level', models.PositiveSmallIntegerField()),
                    ('to_level', models.PositiveSmallIntegerField()),
                    ('acts', models.TextField()),
                    ('evidence', models.TextField()),
                    ('due_on', models.DateField()),
                    ('competency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.competency')),
                ],
                options={
                    'ordering': ['plan_id', 'due_on', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='DevelopmentCheck',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('standing', models.CharField(choices=[('reached', 'Reached'), ('on_track', 'On track'), ('behind', 'Behind'), ('dropped', 'No longer wanted')], max_length=8)),
                    ('text', models.TextField()),
                    ('checked_on', models.DateField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('goal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='teams.developmentgoal')),
                ],
                options={
                    'ordering': ['goal_id', '-checked_on', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='DevelopmentPlan',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField(default=1)),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('proposed', 'Waits for signatures'), ('returned', 'Returned'), ('agreed', 'Agreed'), ('superseded', 'Superseded')], default='draft', max_length=10)),
                    ('made_on', models.DateField()),
                    ('agreed_on', models.DateField(blank=True, null=True)),
                    ('remark', models.TextField(blank=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('returned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['enrolment_id', 'element_id', '-number'],
                },
            ),
            migrations.CreateModel(
                name='DevelopmentLevel',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('level', models.PositiveSmallIntegerField()),
                    ('situation', models.TextField()),
                    ('competency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.competency')),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='levels', to='teams.developmentplan')),
                ],
                options={
                    'ordering': ['plan_id', 'competency_id'],
                },
            ),
            migrations.AddField(
                model_name='developmentgoal',
                name='plan',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='teams.developmentplan'),
            ),
            migrations.CreateModel(
                name='DevelopmentSignature',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('learner', 'Learner'), ('mentor', 'Mentor'), ('manager', 'Manager')], max_length=8)),
                    ('sha256', models.CharField(max_length=64)),
                    ('signed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='teams.developmentplan')),
                ],
                options={
                    'ordering': ['plan_id', 'signed_at'],
                },
            ),
            migrations.CreateModel(
                name='Enrolment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('waiting', 'On the waiting list'), ('active', 'On the path'), ('certified', 'Certified'), ('withdrawn', 'Withdrawn')], default='waiting', max_length=10)),
                    ('enrolled_on', models.DateField()),
                    ('started_on', models.DateField(blank=True, null=True)),
                    ('ended_on', models.DateField(blank=True, null=True)),
                    ('credits', models.PositiveSmallIntegerField(default=0)),
                    ('stage', models.PositiveSmallIntegerField(default=0)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('cohort', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='teams.cohort')),
                    ('manager', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-enrolled_on', '-pk'],
                },
            ),
            migrations.AddField(
                model_name='developmentplan',
                name='enrolment',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='development_plans', to='teams.enrolment'),
            ),
            migrations.AddField(
                model_name='boardinterview',
                name='enrolment',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interviews', to='teams.enrolment'),
            ),
            migrations.AddField(
                model_name='assignment',
                name='enrolment',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='teams.enrolment'),
            ),
            migrations.CreateModel(
                name='GatePack',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=40, unique=True)),
                    ('title', models.CharField(max_length=200)),
                    ('link', models.CharField(max_length=300)),
                    ('locked_on', models.DateField()),
                    ('was_trained', models.BooleanField()),
                    ('leader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-locked_on', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='InterviewAssessor',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_chair', models.BooleanField(default=False)),
                    ('is_of_another_line', models.BooleanField(default=False)),
                    ('rated_at', models.DateTimeField(blank=True, null=True)),
                    ('signed_at', models.DateTimeField(blank=True, null=True)),
                    ('interview', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessors', to='teams.boardinterview')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interviewed', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['interview_id', '-is_chair', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='ItemStatistic',
                fields=[
                    ('item', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='statistic', serialize=False, to='teams.moduleitem')),
                    ('n', models.PositiveIntegerField(default=0)),
                    ('right', models.PositiveIntegerField(default=0)),
                    ('rest', models.FloatField(default=0)),
                    ('rest_squared', models.FloatField(default=0)),
                    ('rest_when_right', models.FloatField(default=0)),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.AddField(
                model_name='moduleitem',
                name='competency',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='teams.competency'),
            ),
            migrations.CreateModel(
                name='KnowledgeClaim',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('area', models.CharField(max_length=120)),
                    ('level', models.PositiveSmallIntegerField(choices=[(1, 'I know of it'), (2, 'I can work on it with help'), (3, 'I can do it alone'), (4, 'I can teach it')])),
                    ('claimed_on', models.DateField()),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='knowledge_claims', to=settings.AUTH_USER_MODEL)),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='knowledge_claims', to='teams.team')),
                ],
                options={
                    'ordering': ['team_id', 'area', 'person_id'],
                },
            ),
            migrations.AddField(
                model_name='moduleitem',
                name='module',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='teams.learningmodule'),
            ),
            migrations.CreateModel(
                name='ItemPool',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.CharField(max_length=20)),
                    ('draw', models.PositiveSmallIntegerField()),
                    ('cut_percent', models.PositiveSmallIntegerField()),
                    ('wait_hours', models.PositiveSmallIntegerField()),
                    ('cells', models.JSONField()),
                    ('source', models.TextField()),
                    ('module', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='pool', to='teams.learningmodule')),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='LearningPath',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=20)),
                    ('version', models.CharField(max_length=20)),
                    ('title', models.CharField(max_length=200)),
                    ('weeks', models.PositiveSmallIntegerField()),
                    ('certificate_months', models.PositiveSmallIntegerField()),
                    ('recertify', models.TextField(blank=True)),
                    ('experiential_percent', models.PositiveSmallIntegerField(default=0)),
                    ('is_current', models.BooleanField(default=True)),
                    ('source', models.TextField()),
                ],
                options={
                    'ordering': ['code', '-pk'],
                    'constraints': [models.UniqueConstraint(fields=('code', 'version'), name='a_path_has_each_version_once'), models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('code',), name='one_version_of_a_path_is_current')],
                },
            ),
            migrations.AddField(
                model_name='enrolment',
                name='path',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='teams.learningpath'),
            ),
            migrations.AddField(
                model_name='cohort',
                name='path',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cohorts', to='teams.learningpath'),
            ),
            migrations.CreateModel(
                name='Lottery',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('seed', models.CharField(max_length=64)),
                    ('strata', models.CharField(blank=True, choices=[('', 'Everybody in one draw'), ('function', 'Places shared by function'), ('site', 'Places shared by site')], default='', max_length=8)),
                    ('places', models.PositiveSmallIntegerField()),
                    ('order', models.JSONField()),
                    ('drawn_at', models.DateTimeField(auto_now_add=True)),
                    ('cohort', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='lottery', to='teams.cohort')),
                    ('drawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name_plural': 'lotteries',
                    'ordering': ['-drawn_at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='ManagerCheck',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('decides', models.PositiveSmallIntegerField()),
                    ('tells', models.PositiveSmallIntegerField()),
                    ('agrees', models.PositiveSmallIntegerField()),
                    ('example', models.TextField()),
                    ('given_on', models.DateField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('enrolment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='manager_check', to='teams.enrolment')),
                ],
                options={
                    'ordering': ['given_on', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='MentorOffer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_open', models.BooleanField(default=True)),
                    ('competencies', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list)),
                    ('about', models.TextField(blank=True)),
                    ('since', models.DateField()),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='mentor_offer', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['person_id'],
                },
            ),
            migrations.CreateModel(
                name='Mentorship',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('proposed', 'Proposed'), ('active', 'Active'), ('ended', 'Ended')], default='active', max_length=8)),
                    ('exceeds', models.TextField(blank=True)),
                    ('goals', models.TextField(blank=True)),
                    ('started_on', models.DateField()),
                    ('ended_on', models.DateField(blank=True, null=True)),
                    ('farewell', models.TextField(blank=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentorships', to='teams.enrolment')),
                    ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentorships', to=settings.AUTH_USER_MODEL)),
                    ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-started_on', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='MentorNote',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.TextField()),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                    ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('mentorship', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='teams.mentorship')),
                ],
                options={
                    'ordering': ['-made_at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='MentoringSession',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('held_on', models.DateField()),
                    ('minutes', models.PositiveSmallIntegerField(default=60, validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(480)])),
                    ('theme', models.CharField(blank=True, max_length=300)),
                    ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('mentorship', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='teams.mentorship')),
                ],
                options={
                    'ordering': ['-held_on', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='HealthCheck',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('health', models.CharField(choices=[('well', 'It goes well'), ('talk', 'We should talk about how we work'), ('end', 'Somebody else would be better')], max_length=4)),
                    ('text', models.TextField(blank=True)),
                    ('on', models.DateField()),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('mentorship', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='teams.mentorship')),
                ],
                options={
                    'ordering': ['mentorship_id', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='MentorWish',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('competencies', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list)),
                    ('text', models.TextField(blank=True)),
                    ('enrolment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='mentor_wish', to='teams.enrolment')),
                ],
                options={
                    'ordering': ['enrolment_id'],
                },
            ),
            migrations.CreateModel(
                name='ModuleText',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('language', models.CharField(default='en', max_length=12)),
                    ('number', models.PositiveSmallIntegerField(default=1)),
                    ('version', models.CharField(max_length=20)),
                    ('base_version', models.CharField(blank=True, max_length=20)),
                    ('title', models.CharField(max_length=200)),
                    ('minutes', models.PositiveSmallIntegerField(default=0)),
                    ('front', models.JSONField(default=dict)),
                    ('source', models.TextField()),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('proposed', "Waiting for a colleague's approval"), ('approved', 'In force'), ('superseded', 'Superseded'), ('returned', 'Returned')], default='draft', max_length=10)),
                    ('remark', models.TextField(blank=True)),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                    ('in_force_at', models.DateTimeField(blank=True, null=True)),
                    ('row_version', models.PositiveIntegerField(default=1)),
                    ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('module', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='teams.learningmodule')),
                ],
                options={
                    'ordering': ['module_id', 'language', '-number'],
                },
            ),
            migrations.CreateModel(
                name='Badge',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('earned_on', models.DateField()),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='badges', to=settings.AUTH_USER_MODEL)),
                    ('lesson', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='badge', to='teams.communitypost')),
                    ('text', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='badge', to='teams.moduletext')),
                ],
                options={
                    'ordering': ['-earned_on', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='PackRating',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('level', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('reason', models.TextField(blank=True)),
                    ('rated_on', models.DateField(blank=True, null=True)),
                    ('assessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pack_ratings', to=settings.AUTH_USER_MODEL)),
                    ('pack', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to='teams.gatepack')),
                ],
                options={
                    'ordering': ['pack_id', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='ElementResult',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ref', models.CharField(blank=True, max_length=60)),
                    ('state', models.CharField(choices=[('started', 'Started'), ('submitted', 'Handed in'), ('done', 'Done'), ('failed', 'Not yet')], max_length=10)),
                    ('score', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                    ('level', models.DecimalField(blank=True, decimal_places=2, max_digits=3, null=True)),
                    ('assessors', models.PositiveSmallIntegerField(default=0)),
                    ('agreed', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), blank=True, default=list)),
                    ('is_fatal', models.BooleanField(default=False)),
                    ('started_on', models.DateField()),
                    ('done_on', models.DateField(blank=True, null=True)),
                    ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='teams.enrolment')),
                    ('element', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='teams.pathelement')),
                ],
                options={
                    'ordering': ['enrolment_id', 'element_id', 'ref'],
                },
            ),
            migrations.AddField(
                model_name='developmentplan',
                name='element',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='development_plans', to='teams.pathelement'),
            ),
            migrations.AddField(
                model_name='boardinterview',
                name='element',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interviews', to='teams.pathelement'),
            ),
            migrations.AddField(
                model_name='assignment',
                name='element',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='teams.pathelement'),
            ),
            migrations.CreateModel(
                name='PathStage',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('title', models.CharField(max_length=120)),
                    ('from_week', models.PositiveSmallIntegerField()),
                    ('to_week', models.PositiveSmallIntegerField()),
                    ('purpose', models.TextField(blank=True)),
                    ('exit_text', models.TextField(blank=True)),
                    ('exit_rules', models.JSONField(default=list)),
                    ('path', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stages', to='teams.learningpath')),
                ],
                options={
                    'ordering': ['path_id', 'number'],
                },
            ),
            migrations.AddField(
                model_name='pathelement',
                name='stage',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='elements', to='teams.pathstage'),
            ),
            migrations.CreateModel(
                name='PathTest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=20)),
                    ('element', models.CharField(max_length=20)),
                    ('modules', models.JSONField()),
                    ('difficulties', models.JSONField()),
                    ('draw_each', models.PositiveSmallIntegerField(default=1)),
                    ('avoid', models.CharField(blank=True, max_length=20)),
                    ('path', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tests', to='teams.learningpath')),
                ],
                options={
                    'ordering': ['path_id', 'code'],
                },
            ),
            migrations.CreateModel(
                name='Attempt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField(default=1)),
                    ('version', models.CharField(blank=True, max_length=20)),
                    ('cut_percent', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('wait_hours', models.PositiveSmallIntegerField(default=0)),
                    ('sheet', models.JSONField(default=list)),
                    ('asked', models.PositiveSmallIntegerField()),
                    ('started_at', models.DateTimeField()),
                    ('submitted_at', models.DateTimeField(blank=True, null=True)),
                    ('right', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('score', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                    ('passed', models.BooleanField(blank=True, null=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to=settings.AUTH_USER_MODEL)),
                    ('enrolment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='teams.enrolment')),
                    ('module', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='teams.learningmodule')),
                    ('test', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='teams.pathtest')),
                ],
                options={
                    'ordering': ['-started_at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='PeerRater',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('group', models.CharField(choices=[('peer', 'Peer'), ('manager', 'Manager'), ('other', 'Another function')], max_length=8)),
                    ('answered_on', models.DateField(blank=True, null=True)),
                    ('declined_on', models.DateField(blank=True, null=True)),
                    ('named_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='peer_ratings', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['review_id', 'group', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='PeerAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('scores', models.JSONField(default=dict)),
                    ('comments', models.JSONField(default=list)),
                    ('rater', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='teams.peerrater')),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='PeerReview',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('naming', 'Colleagues are being named'), ('agreed', 'Colleagues are asked'), ('closed', 'Closed'), ('told', 'The colleagues were told what follows')], default='naming', max_length=6)),
                    ('opened_on', models.DateField()),
                    ('due_on', models.DateField(blank=True, null=True)),
                    ('closed_on', models.DateField(blank=True, null=True)),
                    ('keep', models.TextField(blank=True)),
                    ('change', models.TextField(blank=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('agreed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('content', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.content')),
                    ('element', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='peer_reviews', to='teams.pathelement')),
                    ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='peer_reviews', to='teams.enrolment')),
                ],
                options={
                    'ordering': ['-opened_on', '-pk'],
                },
            ),
            migrations.AddField(
                model_name='peerrater',
                name='review',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='raters', to='teams.peerreview'),
            ),
            migrations.CreateModel(
                name='Play',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('mode', models.CharField(choices=[('solo', 'Alone'), ('team', 'In a team')], default='solo', max_length=4)),
                    ('state', models.CharField(choices=[('gathering', 'Gathering the team'), ('running', 'Running'), ('closing', 'Follow-ups to choose'), ('finished', 'Finished')], default='running', max_length=9)),
                    ('seed', models.PositiveIntegerField()),
                    ('seats', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list)),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                    ('finished_on', models.DateField(blank=True, null=True)),
                    ('moves_made', models.PositiveSmallIntegerField(default=0)),
                    ('follow_ups', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list)),
                    ('scores', models.JSONField(blank=True, default=dict)),
                    ('score', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                    ('is_fatal', models.BooleanField(default=False)),
                    ('has_passed', models.BooleanField(blank=True, null=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('again_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='again', to='teams.play')),
                    ('scenario', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plays', to='teams.content')),
                    ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-pk'],
                },
            ),
            migrations.CreateModel(
                name='CrisisAssignment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('scenario', models.CharField(max_length=60)),
                    ('mode', models.CharField(choices=[('solo', 'Alone'), ('team', 'In a team')], max_length=4)),
                    ('due_on', models.DateField(blank=True, null=True)),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='crisis_assignments', to=settings.AUTH_USER_MODEL)),
                    ('play', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='teams.play')),
                ],
                options={
                    'ordering': ['-pk'],
                },
            ),
            migrations.CreateModel(
                name='PlayMove',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('role', models.CharField(max_length=20)),
                    ('move', models.CharField(max_length=60)),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('play', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='teams.play')),
                ],
                options={
                    'ordering': ['play_id', 'number'],
                },
            ),
            migrations.CreateModel(
                name='PlayNote',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('question', models.PositiveSmallIntegerField()),
                    ('text', models.TextField(blank=True)),
                    ('written_at', models.DateTimeField(auto_now=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('play', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='teams.play')),
                ],
                options={
                    'ordering': ['play_id', 'question'],
                },
            ),
            migrations.CreateModel(
                name='PlayRole',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(max_length=20)),
                    ('counts', models.BooleanField(default=False)),
                    ('joined_at', models.DateTimeField(blank=True, null=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='play_roles', to=settings.AUTH_USER_MODEL)),
                    ('play', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='teams.play')),
                ],
                options={
                    'ordering': ['play_id', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='PracticeEvidence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('act', models.CharField(max_length=40)),
                    ('key', models.CharField(max_length=60)),
                    ('title', models.CharField(max_length=200)),
                    ('link', models.CharField(max_length=200)),
                    ('done_on', models.DateField()),
                    ('note', models.TextField()),
                    ('signed_at', models.DateTimeField(auto_now_add=True)),
                    ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='practice', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-done_on', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='PracticeRule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('act', models.CharField(max_length=40)),
                    ('chain', models.CharField(blank=True, max_length=20)),
                    ('path', models.CharField(max_length=20)),
                    ('since', models.DateField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['act', 'chain', 'path'],
                    'constraints': [models.UniqueConstraint(fields=('act', 'chain', 'path'), name='a_practice_rule_is_given_once')],
                },
            ),
            migrations.CreateModel(
                name='ReadingPlace',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.CharField(max_length=20)),
                    ('language', models.CharField(blank=True, max_length=12)),
                    ('section', models.CharField(blank=True, max_length=60)),
                    ('reached', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list)),
                    ('begun_at', models.DateTimeField(auto_now_add=True)),
                    ('moved_at', models.DateTimeField(auto_now=True)),
                    ('read_at', models.DateTimeField(blank=True, null=True)),
                    ('module', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='teams.learningmodule')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reading_places', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['person_id', 'module_id', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='Reflection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=60)),
                    ('answers', models.JSONField(default=list)),
                    ('state', models.CharField(choices=[('draft', 'Being written'), ('finished', 'Finished')], default='draft', max_length=8)),
                    ('started_on', models.DateField()),
                    ('finished_on', models.DateField(blank=True, null=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('content', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reflections', to='teams.content')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reflections', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-started_on', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='ReflectionShare',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('mentor', 'Mentor'), ('host', 'Host'), ('assessor', 'Assessor')], max_length=8)),
                    ('answer', models.CharField(blank=True, choices=[('accepted', 'Complete'), ('returned', 'Something is missing')], max_length=8)),
                    ('remark', models.TextField(blank=True)),
                    ('shared_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('answered_on', models.DateField(blank=True, null=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shared_reflections', to=settings.AUTH_USER_MODEL)),
                    ('reflection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='teams.reflection')),
                ],
                options={
                    'ordering': ['reflection_id', 'role', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='ReturnLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('path_code', models.CharField(max_length=20)),
                    ('year', models.PositiveSmallIntegerField()),
                    ('kind', models.CharField(choices=[('cost', 'Cost'), ('benefit', 'Benefit')], max_length=8)),
                    ('text', models.CharField(max_length=200)),
                    ('low', models.DecimalField(decimal_places=2, max_digits=14)),
                    ('base', models.DecimalField(decimal_places=2, max_digits=14)),
                    ('high', models.DecimalField(decimal_places=2, max_digits=14)),
                ],
                options={
                    'ordering': ['path_code', '-year', 'kind', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('path_code', 'year', 'kind', 'text'), name='an_assumption_stands_once_in_its_year'), models.CheckConstraint(condition=models.Q(('kind__in', ['cost', 'benefit'])), name='the_kind_of_an_assumption_is_known'), models.CheckConstraint(condition=models.Q(('base__lte', models.F('high')), ('low__gte', 0), ('low__lte', models.F('base'))), name='an_assumption_goes_from_low_to_high')],
                },
            ),
            migrations.CreateModel(
                name='Rotation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('function', 'Another function'), ('field', 'Customer or field site')], max_length=8)),
                    ('goal', models.TextField()),
                    ('period', django.contrib.postgres.fields.ranges.DateRangeField()),
                    ('allocation_percent', models.PositiveSmallIntegerField()),
                    ('by_product', models.TextField(blank=True)),
                    ('state', models.CharField(choices=[('planned', 'Waits for the host'), ('agreed', 'Agreed'), ('left', "Waits for the host's feedback"), ('passed', 'Passed'), ('not_yet', 'Not yet'), ('cancelled', 'Cancelled')], default='planned', max_length=9)),
                    ('remark', models.TextField(blank=True)),
                    ('decided_on', models.DateField(blank=True, null=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('covered', models.ManyToManyField(blank=True, related_name='+', to='teams.seat')),
                    ('element', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rotations', to='teams.pathelement')),
                    ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rotations', to='teams.enrolment')),
                    ('from_function', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.function')),
                    ('from_site', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.site')),
                    ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hosted_rotations', to=settings.AUTH_USER_MODEL)),
                    ('host_function', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.function')),
                    ('host_site', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.site')),
                    ('host_team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.team')),
                ],
                options={
                    'ordering': ['-pk'],
                },
            ),
            migrations.CreateModel(
                name='Rubric',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=20)),
                    ('title', models.CharField(max_length=200)),
                    ('note', models.TextField(blank=True)),
                    ('path', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rubrics', to='teams.learningpath')),
                ],
                options={
                    'ordering': ['path_id', 'code'],
                },
            ),
            migrations.AddField(
                model_name='pathelement',
                name='rubric',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='elements', to='teams.rubric'),
            ),
            migrations.CreateModel(
                name='RubricCriterion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=20)),
                    ('name', models.CharField(max_length=120)),
                    ('weight', models.PositiveSmallIntegerField()),
                    ('levels', models.JSONField()),
                    ('order', models.PositiveSmallIntegerField(default=0)),
                    ('competency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='criteria', to='teams.competency')),
                    ('rubric', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='teams.rubric')),
                ],
                options={
                    'ordering': ['rubric_id', 'order'],
                },
            ),
            migrations.CreateModel(
                name='RotationRating',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('level', models.PositiveSmallIntegerField()),
                    ('reason', models.TextField()),
                    ('rotation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='teams.rotation')),
                    ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.rubriccriterion')),
                ],
                options={
                    'ordering': ['rotation_id', 'criterion_id'],
                },
            ),
            migrations.CreateModel(
                name='InterviewRating',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('level', models.PositiveSmallIntegerField()),
                    ('reason', models.TextField()),
                    ('assessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='teams.interviewassessor')),
                    ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interview_ratings', to='teams.rubriccriterion')),
                ],
                options={
                    'ordering': ['assessor_id', 'criterion_id'],
                },
            ),
            migrations.CreateModel(
                name='AssignmentRating',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('level', models.PositiveSmallIntegerField()),
                    ('reason', models.TextField()),
                    ('assessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='teams.assignmentassessor')),
                    ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.rubriccriterion')),
                ],
                options={
                    'ordering': ['assessor_id', 'criterion_id'],
                },
            ),
            migrations.CreateModel(
                name='ScenarioSpread',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('random', models.JSONField()),
                    ('greedy', models.JSONField()),
                    ('scenario', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='spread', to='teams.content')),
                ],
            ),
            migrations.CreateModel(
                name='SharedAction',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.CharField(max_length=300)),
                    ('due_on', models.DateField()),
                    ('done_on', models.DateField(blank=True, null=True)),
                    ('mentorship', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='teams.mentorship')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['due_on', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='StageFeedback',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('relevance', models.PositiveSmallIntegerField()),
                    ('confidence', models.PositiveSmallIntegerField()),
                    ('recommends', models.PositiveSmallIntegerField()),
                    ('given_on', models.DateField()),
                    ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='feedback', to='teams.enrolment')),
                    ('stage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feedback', to='teams.pathstage')),
                ],
                options={
                    'ordering': ['given_on', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Study',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=30, unique=True)),
                    ('title', models.CharField(max_length=200)),
                    ('path_code', models.CharField(max_length=20)),
                    ('outcome', models.CharField(choices=[('share', 'Happened or not, by person'), ('change', 'Before and after, by team')], max_length=8)),
                    ('measured', models.CharField(max_length=120)),
                    ('months', models.PositiveSmallIntegerField()),
                    ('design', models.CharField(choices=[('lottery', 'Waiting list, drawn by lottery'), ('matched', 'Matched comparison')], max_length=8)),
                    ('matched_on', models.CharField(blank=True, max_length=200)),
                    ('registered_on', models.DateField()),
                    ('registered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name_plural': 'studies',
                    'ordering': ['registered_on', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='StudyCohort',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_primary', models.BooleanField(default=False)),
                    ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='studies', to='teams.cohort')),
                    ('study', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cohorts', to='teams.study')),
                ],
                options={
                    'ordering': ['study_id', 'cohort_id'],
                },
            ),
            migrations.CreateModel(
                name='StudyRow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('arm', models.CharField(choices=[('trained', 'Trained'), ('comparison', 'Comparison')], max_length=10)),
                    ('reference', models.CharField(max_length=40)),
                    ('happened', models.BooleanField(blank=True, null=True)),
                    ('before', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True)),
                    ('after', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True)),
                    ('study', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='teams.study')),
                ],
                options={
                    'ordering': ['study_id', 'arm', 'reference'],
                },
            ),
            migrations.AddIndex(
                model_name='assignmentassessor',
                index=models.Index(fields=['person', 'rated_at'], name='works_of_an_assessor'),
            ),
            migrations.AddConstraint(
                model_name='assignmentassessor',
                constraint=models.UniqueConstraint(fields=('assignment', 'person'), name='somebody_assesses_a_work_once'),
            ),
            migrations.AddConstraint(
                model_name='assignmentassessor',
                constraint=models.CheckConstraint(condition=models.Q(('rated_at__isnull', False), models.Q(('accepted', None), ('remark', '')), _connector='OR'), name='an_assessor_says_nothing_before_rating'),
            ),
            migrations.AddConstraint(
                model_name='assignmentpiece',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('link', ''), models.Q(('file', ''), _negated=True)), models.Q(models.Q(('link', ''), _negated=True), ('file', '')), _connector='OR'), name='a_piece_of_work_is_a_file_or_a_link'),
            ),
            migrations.AddConstraint(
                model_name='assignmentversion',
                constraint=models.UniqueConstraint(fields=('assignment', 'number'), name='the_versions_of_a_work_are_numbered'),
            ),
            migrations.AddIndex(
                model_name='certificate',
                index=models.Index(fields=['person', 'path', 'valid_until'], name='certificates_of_a_person'),
            ),
            migrations.AddIndex(
                model_name='certificate',
                index=models.Index(fields=['valid_until', 'id'], name='certificates_by_their_end'),
            ),
            migrations.AddIndex(
                model_name='certificate',
                index=models.Index(fields=['-issued_on', '-id'], name='certificates_by_their_issue'),
            ),
            migrations.AddConstraint(
                model_name='certificate',
                constraint=models.CheckConstraint(condition=models.Q(('valid_until__gte', models.F('issued_on'))), name='a_certificate_ends_after_it_is_issued'),
            ),
            migrations.AddConstraint(
                model_name='certificate',
                constraint=models.CheckConstraint(condition=models.Q(('basis__in', ['interview', 'renewal', 'experience'])), name='the_basis_of_a_certificate_is_known'),
            ),
            migrations.AddConstraint(
                model_name='certificate',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_by', None), ('revoked_on', None), ('revoked_reason', '')), models.Q(('revoked_on__isnull', False), models.Q(('revoked_reason', ''), _negated=True)), _connector='OR'), name='a_certificate_is_revoked_with_a_reason_or_not_at_all'),
            ),
            migrations.AddConstraint(
                model_name='communitymember',
                constraint=models.UniqueConstraint(fields=('community', 'person'), name='a_person_is_in_a_community_once'),
            ),
            migrations.AddIndex(
                model_name='communitypost',
                index=models.Index(fields=['community', '-id'], name='posts_of_a_community'),
            ),
            migrations.AddConstraint(
                model_name='communitypost',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['note', 'lesson'])), name='the_kind_of_a_post_is_known'),
            ),
            migrations.AddConstraint(
                model_name='communitypost',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'note'), ('state', 'open')), models.Q(('kind', 'lesson'), ('state__in', ['proposed', 'accepted', 'returned'])), _connector='OR'), name='a_note_is_told_and_a_lesson_is_answered'),
            ),
            migrations.AddConstraint(
                model_name='communitypost',
                constraint=models.CheckConstraint(condition=models.Q(('answered_by', None), models.Q(('answered_by', models.F('author')), _negated=True), _connector='OR'), name='nobody_takes_up_their_own_lesson'),
            ),
            migrations.AddConstraint(
                model_name='curriculumfile',
                constraint=models.UniqueConstraint(fields=('path', 'number'), name='the_versions_of_a_curriculum_file_are_numbered'),
            ),
            migrations.AddConstraint(
                model_name='curriculumfile',
                constraint=models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('path',), name='one_version_of_a_curriculum_file_is_current'),
            ),
            migrations.AddConstraint(
                model_name='curriculumfile',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['competencies', 'module', 'variant', 'items', 'path', 'tests', 'checklists', 'scenario', 'reflections', 'peer-review', 'guide'])), name='the_kind_of_a_curriculum_file_is_known'),
            ),
            migrations.AddConstraint(
                model_name='deed',
                constraint=models.UniqueConstraint(fields=('person', 'deed', 'subject'), name='a_deed_is_noted_once'),
            ),
            migrations.AddConstraint(
                model_name='developmentcheck',
                constraint=models.CheckConstraint(condition=models.Q(('standing__in', ['reached', 'on_track', 'behind', 'dropped'])), name='a_goal_s_standing_is_known'),
            ),
            migrations.AddConstraint(
                model_name='developmentlevel',
                constraint=models.UniqueConstraint(fields=('plan', 'competency'), name='a_plan_says_one_level_per_competency'),
            ),
            migrations.AddConstraint(
                model_name='developmentlevel',
                constraint=models.CheckConstraint(condition=models.Q(('level__range', (1, 5))), name='a_learner_stands_at_one_of_five_levels'),
            ),
            migrations.AddConstraint(
                model_name='developmentgoal',
                constraint=models.UniqueConstraint(fields=('plan', 'competency'), name='a_plan_has_one_goal_per_competency'),
            ),
            migrations.AddConstraint(
                model_name='developmentgoal',
                constraint=models.CheckConstraint(condition=models.Q(('from_level__gte', 1), ('to_level__gt', models.F('from_level')), ('to_level__lte', 5)), name='a_goal_leads_upwards_within_five_levels'),
            ),
            migrations.AddConstraint(
                model_name='developmentsignature',
                constraint=models.UniqueConstraint(fields=('plan', 'role'), name='each_role_signs_a_plan_once'),
            ),
            migrations.AddConstraint(
                model_name='developmentsignature',
                constraint=models.CheckConstraint(condition=models.Q(('role__in', ['learner', 'mentor', 'manager'])), name='a_plan_is_signed_in_a_known_role'),
            ),
            migrations.AddConstraint(
                model_name='interviewassessor',
                constraint=models.UniqueConstraint(fields=('interview', 'person'), name='an_assessor_sits_once_in_an_interview'),
            ),
            migrations.AddConstraint(
                model_name='interviewassessor',
                constraint=models.UniqueConstraint(condition=models.Q(('is_chair', True)), fields=('interview',), name='an_interview_has_one_chair'),
            ),
            migrations.AddConstraint(
                model_name='interviewassessor',
                constraint=models.CheckConstraint(condition=models.Q(('signed_at', None), ('rated_at__isnull', False), _connector='OR'), name='who_signs_an_interview_has_rated'),
            ),
            migrations.AddConstraint(
                model_name='itemstatistic',
                constraint=models.CheckConstraint(condition=models.Q(('right__lte', models.F('n'))), name='no_more_have_an_item_right_than_met_it'),
            ),
            migrations.AddConstraint(
                model_name='knowledgeclaim',
                constraint=models.UniqueConstraint(fields=('person', 'team', 'area'), name='an_area_is_claimed_once_by_a_person'),
            ),
            migrations.AddConstraint(
                model_name='knowledgeclaim',
                constraint=models.CheckConstraint(condition=models.Q(('level__range', (1, 4))), name='a_level_of_knowledge_is_known'),
            ),
            migrations.AddConstraint(
                model_name='moduleitem',
                constraint=models.UniqueConstraint(fields=('code', 'number'), name='an_item_s_versions_are_numbered'),
            ),
            migrations.AddConstraint(
                model_name='moduleitem',
                constraint=models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('code',), name='one_version_of_an_item_is_asked'),
            ),
            migrations.AddConstraint(
                model_name='moduleitem',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['single', 'multiple', 'number', 'order'])), name='the_kind_of_an_item_is_known'),
            ),
            migrations.AddConstraint(
                model_name='moduleitem',
                constraint=models.CheckConstraint(condition=models.Q(('difficulty__range', (1, 3))), name='an_item_recalls_applies_or_judges'),
            ),
            migrations.AddConstraint(
                model_name='learningmodule',
                constraint=models.CheckConstraint(condition=models.Q(('review_months__gte', 1)), name='a_module_is_reviewed_every_so_many_months'),
            ),
            migrations.AddConstraint(
                model_name='itempool',
                constraint=models.CheckConstraint(condition=models.Q(('cut_percent__range', (1, 100))), name='a_cut_score_is_a_percentage'),
            ),
            migrations.AddConstraint(
                model_name='itempool',
                constraint=models.CheckConstraint(condition=models.Q(('draw__gte', 1)), name='an_assessment_asks_something'),
            ),
            migrations.AddIndex(
                model_name='enrolment',
                index=models.Index(fields=['path', 'state'], name='enrolments_of_a_path'),
            ),
            migrations.AddIndex(
                model_name='enrolment',
                index=models.Index(fields=['cohort', 'state'], name='enrolments_of_a_cohort'),
            ),
            migrations.AddConstraint(
                model_name='enrolment',
                constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'active'])), fields=('person', 'path'), name='one_open_enrolment_per_person_and_path'),
            ),
            migrations.AddConstraint(
                model_name='enrolment',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'active', 'certified', 'withdrawn'])), name='the_state_of_an_enrolment_is_known'),
            ),
            migrations.AddConstraint(
                model_name='enrolment',
                constraint=models.CheckConstraint(condition=models.Q(('started_on__isnull', False), ('state__in', ['waiting', 'withdrawn']), _connector='OR'), name='who_is_on_a_path_has_started'),
            ),
            migrations.AddConstraint(
                model_name='enrolment',
                constraint=models.CheckConstraint(condition=models.Q(('manager', None), models.Q(('manager', models.F('person')), _negated=True), _connector='OR'), name='nobody_manages_themselves_on_a_path'),
            ),
            migrations.AddConstraint(
                model_name='cohort',
                constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='a_cohort_ends_after_it_starts'),
            ),
            migrations.AddConstraint(
                model_name='lottery',
                constraint=models.CheckConstraint(condition=models.Q(('strata__in', ['', 'function', 'site'])), name='the_strata_of_a_lottery_are_known'),
            ),
            migrations.AddConstraint(
                model_name='lottery',
                constraint=models.CheckConstraint(condition=models.Q(('places__gte', 1)), name='a_lottery_draws_for_places'),
            ),
            migrations.AddConstraint(
                model_name='managercheck',
                constraint=models.CheckConstraint(condition=models.Q(('agrees__range', (1, 5)), ('decides__range', (1, 5)), ('tells__range', (1, 5))), name='a_manager_s_check_is_between_1_and_5'),
            ),
            migrations.AddIndex(
                model_name='mentorship',
                index=models.Index(fields=['mentor', 'state'], name='mentorships_of_a_mentor'),
            ),
            migrations.AddConstraint(
                model_name='mentorship',
                constraint=models.UniqueConstraint(condition=models.Q(('state', 'ended'), _negated=True), fields=('enrolment',), name='a_learner_has_one_mentor_at_a_time'),
            ),
            migrations.AddConstraint(
                model_name='mentorship',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'active', 'ended'])), name='the_state_of_a_mentorship_is_known'),
            ),
            migrations.AddConstraint(
                model_name='mentoringsession',
                constraint=models.UniqueConstraint(fields=('mentorship', 'held_on'), name='a_pair_meets_once_on_a_day'),
            ),
            migrations.AddConstraint(
                model_name='healthcheck',
                constraint=models.UniqueConstraint(fields=('mentorship', 'person'), name='each_of_a_pair_says_once_how_it_goes'),
            ),
            migrations.AddConstraint(
                model_name='healthcheck',
                constraint=models.CheckConstraint(condition=models.Q(('health__in', ['well', 'talk', 'end'])), name='how_a_pair_goes_is_known'),
            ),
            migrations.AddConstraint(
                model_name='moduletext',
                constraint=models.UniqueConstraint(fields=('module', 'language', 'number'), name='a_module_s_texts_are_numbered'),
            ),
            migrations.AddConstraint(
                model_name='moduletext',
                constraint=models.UniqueConstraint(condition=models.Q(('state', 'approved')), fields=('module', 'language'), name='one_text_of_a_module_and_language_is_in_force'),
            ),
            migrations.AddConstraint(
                model_name='moduletext',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'proposed', 'approved', 'superseded', 'returned'])), name='the_state_of_a_text_is_known'),
            ),
            migrations.AddConstraint(
                model_name='moduletext',
                constraint=models.CheckConstraint(condition=models.Q(('author', None), ('approved_by', None), models.Q(('approved_by', models.F('author')), _negated=True), _connector='OR'), name='nobody_approves_their_own_text'),
            ),
            migrations.AddConstraint(
                model_name='badge',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('lesson__isnull', False), ('text', None)), models.Q(('lesson', None), ('text__isnull', False)), _connector='OR'), name='a_badge_is_for_one_contribution'),
            ),
            migrations.AddIndex(
                model_name='packrating',
                index=models.Index(condition=models.Q(('level', None)), fields=['assessor'], name='packs_still_to_rate'),
            ),
            migrations.AddConstraint(
                model_name='packrating',
                constraint=models.UniqueConstraint(fields=('pack', 'assessor'), name='an_assessor_rates_a_pack_once'),
            ),
            migrations.AddConstraint(
                model_name='packrating',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('level', None), ('rated_on', None)), models.Q(('level__range', (1, 5)), ('rated_on__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='a_pack_s_rating_is_a_level_with_its_reason'),
            ),
            migrations.AddConstraint(
                model_name='elementresult',
                constraint=models.UniqueConstraint(fields=('enrolment', 'element', 'ref'), name='one_result_per_learner_element_and_part'),
            ),
            migrations.AddConstraint(
                model_name='elementresult',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['started', 'submitted', 'done', 'failed'])), name='the_state_of_a_result_is_known'),
            ),
            migrations.AddConstraint(
                model_name='elementresult',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('done_on__isnull', False), _connector='OR'), name='what_is_done_has_its_day'),
            ),
            migrations.AddConstraint(
                model_name='elementresult',
                constraint=models.CheckConstraint(condition=models.Q(('score', None), ('score__range', (0, 100)), _connector='OR'), name='a_score_is_a_percentage_of_the_path'),
            ),
            migrations.AddConstraint(
                model_name='developmentplan',
                constraint=models.UniqueConstraint(fields=('enrolment', 'element', 'number'), name='the_versions_of_a_plan_are_numbered'),
            ),
            migrations.AddConstraint(
                model_name='developmentplan',
                constraint=models.UniqueConstraint(condition=models.Q(('state', 'agreed')), fields=('enrolment', 'element'), name='one_version_of_a_plan_is_agreed'),
            ),
            migrations.AddConstraint(
                model_name='developmentplan',
                constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'proposed'])), fields=('enrolment', 'element'), name='one_version_of_a_plan_is_being_made'),
            ),
            migrations.AddConstraint(
                model_name='developmentplan',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'proposed', 'returned', 'agreed', 'superseded'])), name='the_state_of_a_plan_is_known'),
            ),
            migrations.AddConstraint(
                model_name='developmentplan',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'agreed'), _negated=True), ('agreed_on__isnull', False), _connector='OR'), name='an_agreed_plan_has_its_day'),
            ),
            migrations.AddConstraint(
                model_name='developmentplan',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), _negated=True), models.Q(models.Q(('remark', ''), _negated=True), ('returned_by__isnull', False)), _connector='OR'), name='who_returns_a_plan_says_why'),
            ),
            migrations.AddIndex(
                model_name='boardinterview',
                index=models.Index(fields=['state', 'planned_on'], name='interviews_to_come'),
            ),
            migrations.AddConstraint(
                model_name='boardinterview',
                constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('planned', 'rated'))), fields=('enrolment',), name='one_open_interview_per_learner'),
            ),
            migrations.AddConstraint(
                model_name='boardinterview',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'rated', 'decided', 'cancelled'])), name='the_state_of_an_interview_is_known'),
            ),
            migrations.AddConstraint(
                model_name='boardinterview',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', False), ('result__in', ['passed', 'not_yet']), ('state', 'decided')), models.Q(models.Q(('state', 'decided'), _negated=True), ('decided_at', None)), _connector='OR'), name='an_interview_is_decided_with_its_result'),
            ),
            migrations.AddIndex(
                model_name='assignment',
                index=models.Index(fields=['state', 'due_on'], name='assignments_by_state'),
            ),
            migrations.AddConstraint(
                model_name='assignment',
                constraint=models.UniqueConstraint(fields=('enrolment', 'element', 'number'), name='the_tries_of_an_assignment_are_numbered'),
            ),
            migrations.AddConstraint(
                model_name='assignment',
                constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['open', 'handed_in'])), fields=('enrolment', 'element'), name='one_try_of_an_assignment_is_open'),
            ),
            migrations.AddConstraint(
                model_name='assignment',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'handed_in', 'passed', 'not_yet'])), name='the_state_of_an_assignment_is_known'),
            ),
            migrations.AddConstraint(
                model_name='assignment',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_on', None), ('state__in', ['open', 'handed_in'])), models.Q(models.Q(('state__in', ['open', 'handed_in']), _negated=True), ('decided_on__isnull', False)), _connector='OR'), name='an_assignment_is_decided_on_a_day'),
            ),
            migrations.AddConstraint(
                model_name='pathstage',
                constraint=models.UniqueConstraint(fields=('path', 'number'), name='a_path_s_stages_are_numbered'),
            ),
            migrations.AddConstraint(
                model_name='pathstage',
                constraint=models.CheckConstraint(condition=models.Q(('to_week__gte', models.F('from_week'))), name='a_stage_ends_after_it_begins'),
            ),
            migrations.AddConstraint(
                model_name='pathtest',
                constraint=models.UniqueConstraint(fields=('path', 'code'), name='a_path_s_test_is_said_once'),
            ),
            migrations.AddConstraint(
                model_name='pathtest',
                constraint=models.UniqueConstraint(fields=('path', 'element'), name='an_element_of_a_path_has_one_test'),
            ),
            migrations.AddIndex(
                model_name='attempt',
                index=models.Index(fields=['module', 'submitted_at'], name='attempts_at_a_module'),
            ),
            migrations.AddConstraint(
                model_name='attempt',
                constraint=models.UniqueConstraint(condition=models.Q(('submitted_at', None)), fields=('person', 'module'), name='one_open_attempt_per_person_and_module'),
            ),
            migrations.AddConstraint(
                model_name='attempt',
                constraint=models.UniqueConstraint(fields=('person', 'module', 'number'), name='attempts_at_a_module_are_numbered'),
            ),
            migrations.AddConstraint(
                model_name='attempt',
                constraint=models.UniqueConstraint(fields=('enrolment', 'test'), name='a_test_is_sat_once_per_enrolment'),
            ),
            migrations.AddConstraint(
                model_name='attempt',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('enrolment', None), ('module__isnull', False), ('test', None)), models.Q(('enrolment__isnull', False), ('module', None), ('test__isnull', False)), _connector='OR'), name='an_attempt_is_at_a_module_or_at_a_test_of_an_enrolment'),
            ),
            migrations.AddConstraint(
                model_name='attempt',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('right__isnull', False), ('score__isnull', False), ('submitted_at__isnull', False)), models.Q(('passed', None), ('right', None), ('score', None), ('submitted_at', None)), _connector='OR'), name='an_attempt_is_submitted_wholly_or_not_at_all'),
            ),
            migrations.AddConstraint(
                model_name='attempt',
                constraint=models.CheckConstraint(condition=models.Q(('submitted_at', None), models.Q(('cut_percent__isnull', False), ('passed__isnull', False)), models.Q(('cut_percent', None), ('passed', None)), _connector='OR'), name='only_an_assessment_with_a_cut_is_passed'),
            ),
            migrations.AddConstraint(
                model_name='attempt',
                constraint=models.CheckConstraint(condition=models.Q(('right', None), ('right__lte', models.F('asked')), _connector='OR'), name='no_more_is_right_than_was_asked'),
            ),
            migrations.AddConstraint(
                model_name='peerreview',
                constraint=models.UniqueConstraint(fields=('enrolment', 'element'), name='an_element_has_one_review_by_colleagues'),
            ),
            migrations.AddConstraint(
                model_name='peerreview',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['naming', 'agreed', 'closed', 'told'])), name='the_state_of_a_review_by_colleagues_is_known'),
            ),
            migrations.AddConstraint(
                model_name='peerreview',
                constraint=models.CheckConstraint(condition=models.Q(('state', 'naming'), ('due_on__isnull', False), _connector='OR'), name='colleagues_are_asked_until_a_day'),
            ),
            migrations.AddIndex(
                model_name='peerrater',
                index=models.Index(fields=['person', 'answered_on'], name='reviews_asked_of_a_person'),
            ),
            migrations.AddConstraint(
                model_name='peerrater',
                constraint=models.UniqueConstraint(fields=('review', 'person'), name='a_colleague_is_asked_once'),
            ),
            migrations.AddConstraint(
                model_name='peerrater',
                constraint=models.CheckConstraint(condition=models.Q(('group__in', ['peer', 'manager', 'other'])), name='the_group_of_a_colleague_is_known'),
            ),
            migrations.AddConstraint(
                model_name='peerrater',
                constraint=models.CheckConstraint(condition=models.Q(('answered_on', None), ('declined_on', None), _connector='OR'), name='who_declines_has_not_answered'),
            ),
            migrations.AddIndex(
                model_name='play',
                index=models.Index(fields=['scenario', 'state'], name='plays_of_a_scenario'),
            ),
            migrations.AddConstraint(
                model_name='play',
                constraint=models.UniqueConstraint(condition=models.Q(models.Q(('state', 'finished'), _negated=True), ('again_of', None)), fields=('started_by', 'scenario'), name='a_person_begins_one_play_of_a_scenario_at_a_time'),
            ),
            migrations.AddConstraint(
                model_name='play',
                constraint=models.CheckConstraint(condition=models.Q(('mode__in', ['solo', 'team'])), name='the_mode_of_a_play_is_known'),
            ),
            migrations.AddConstraint(
                model_name='play',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['gathering', 'running', 'closing', 'finished'])), name='the_state_of_a_play_is_known'),
            ),
            migrations.AddConstraint(
                model_name='play',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_on__isnull', False), ('has_passed__isnull', False), ('score__isnull', False), ('state', 'finished')), models.Q(models.Q(('state', 'finished'), _negated=True), ('finished_on', None), ('has_passed', None), ('score', None)), _connector='OR'), name='a_play_has_its_score_when_it_is_finished'),
            ),
            migrations.AddConstraint(
                model_name='play',
                constraint=models.CheckConstraint(condition=models.Q(('score', None), ('score__range', (0, 100)), _connector='OR'), name='a_play_s_score_is_a_percentage'),
            ),
            migrations.AddConstraint(
                model_name='play',
                constraint=models.CheckConstraint(condition=models.Q(('again_of', None), ('mode', 'solo'), _connector='OR'), name='only_one_alone_plays_on_from_a_moment'),
            ),
            migrations.AddConstraint(
                model_name='crisisassignment',
                constraint=models.UniqueConstraint(condition=models.Q(('play', None)), fields=('person', 'scenario'), name='a_scenario_is_assigned_once_until_it_is_played'),
            ),
            migrations.AddConstraint(
                model_name='crisisassignment',
                constraint=models.CheckConstraint(condition=models.Q(('mode__in', ['solo', 'team'])), name='the_mode_of_an_assignment_is_known'),
            ),
            migrations.AddConstraint(
                model_name='playmove',
                constraint=models.UniqueConstraint(fields=('play', 'number'), name='the_moves_of_a_play_are_numbered'),
            ),
            migrations.AddConstraint(
                model_name='playnote',
                constraint=models.UniqueConstraint(fields=('play', 'person', 'question'), name='a_participant_answers_a_question_once'),
            ),
            migrations.AddConstraint(
                model_name='playrole',
                constraint=models.UniqueConstraint(fields=('play', 'person'), name='a_person_plays_one_role_of_a_play'),
            ),
            migrations.AddConstraint(
                model_name='playrole',
                constraint=models.UniqueConstraint(fields=('play', 'role'), name='a_role_of_a_play_has_one_player'),
            ),
            migrations.AddConstraint(
                model_name='practiceevidence',
                constraint=models.UniqueConstraint(fields=('person', 'act', 'key'), name='practice_is_told_once'),
            ),
            migrations.AddConstraint(
                model_name='practiceevidence',
                constraint=models.CheckConstraint(condition=models.Q(('person', models.F('mentor')), _negated=True), name='nobody_signs_their_own_practice'),
            ),
            migrations.AddConstraint(
                model_name='readingplace',
                constraint=models.UniqueConstraint(fields=('person', 'module', 'version'), name='one_place_per_person_and_version_of_a_module'),
            ),
            migrations.AddConstraint(
                model_name='reflection',
                constraint=models.UniqueConstraint(fields=('person', 'code'), name='a_person_reflects_on_a_story_once'),
            ),
            migrations.AddConstraint(
                model_name='reflection',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'finished'])), name='the_state_of_a_reflection_is_known'),
            ),
            migrations.AddConstraint(
                model_name='reflection',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'finished'), _negated=True), ('finished_on__isnull', False), _connector='OR'), name='a_finished_reflection_has_its_day'),
            ),
            migrations.AddIndex(
                model_name='reflectionshare',
                index=models.Index(fields=['person', 'answer'], name='reflections_shared_with'),
            ),
            migrations.AddConstraint(
                model_name='reflectionshare',
                constraint=models.UniqueConstraint(fields=('reflection', 'person', 'role'), name='a_reflection_is_shared_with_somebody_once_in_a_role'),
            ),
            migrations.AddConstraint(
                model_name='reflectionshare',
                constraint=models.CheckConstraint(condition=models.Q(('role__in', ['mentor', 'host', 'assessor'])), name='a_reflection_is_shared_in_a_known_role'),
            ),
            migrations.AddConstraint(
                model_name='reflectionshare',
                constraint=models.CheckConstraint(condition=models.Q(('answer', ''), models.Q(('role', 'assessor'), _negated=True), _connector='OR'), name='assessors_read_and_accept_nothing'),
            ),
            migrations.AddConstraint(
                model_name='reflectionshare',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'returned'), _negated=True), models.Q(('remark', ''), _negated=True), _connector='OR'), name='who_returns_a_reflection_says_what_is_missing'),
            ),
            migrations.AddIndex(
                model_name='rotation',
                index=models.Index(fields=['host', 'state'], name='rotations_of_a_host'),
            ),
            migrations.AddConstraint(
                model_name='rotation',
                constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['planned', 'agreed', 'left'])), fields=('enrolment', 'element'), name='one_rotation_of_an_element_is_open'),
            ),
            migrations.AddConstraint(
                model_name='rotation',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'agreed', 'left', 'passed', 'not_yet', 'cancelled'])), name='the_state_of_a_rotation_is_known'),
            ),
            migrations.AddConstraint(
                model_name='rotation',
                constraint=models.CheckConstraint(condition=models.Q(('allocation_percent__range', (1, 100))), name='a_rotation_takes_at_most_full_time'),
            ),
            migrations.AddConstraint(
                model_name='rotation',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('host_function__isnull', False), ('kind', 'function')), models.Q(('host_site__isnull', False), ('kind', 'field')), _connector='OR'), name='a_rotation_s_host_has_a_function_or_a_site'),
            ),
            migrations.AddConstraint(
                model_name='rotation',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'function'), _negated=True), ('from_function', None), models.Q(('from_function', models.F('host_function')), _negated=True), _connector='OR'), name='a_rotation_leads_out_of_the_own_function'),
            ),
            migrations.AddConstraint(
                model_name='rotation',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['left', 'passed']), _negated=True), models.Q(('by_product', ''), _negated=True), _connector='OR'), name='who_leaves_leaves_something_behind'),
            ),
            migrations.AddConstraint(
                model_name='rotation',
                constraint=models.CheckConstraint(condition=models.Q(('period__endswith__isnull', False), ('period__startswith__isnull', False)), name='a_rotation_has_its_first_and_last_day'),
            ),
            migrations.AddConstraint(
                model_name='rubric',
                constraint=models.UniqueConstraint(fields=('path', 'code'), name='a_path_s_rubric_is_said_once'),
            ),
            migrations.AddConstraint(
                model_name='pathelement',
                constraint=models.UniqueConstraint(fields=('stage', 'code'), name='a_stage_s_element_is_said_once'),
            ),
            migrations.AddConstraint(
                model_name='pathelement',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['MODULE', 'ASSESSMENT', 'ASSIGNMENT', 'SIMULATION', 'MENTORING', 'PEER_REVIEW', 'REFLECTION', 'PDP', 'BOARD'])), name='the_kind_of_an_element_is_known'),
            ),
            migrations.AddConstraint(
                model_name='rubriccriterion',
                constraint=models.UniqueConstraint(fields=('rubric', 'code'), name='a_rubric_s_criterion_is_said_once'),
            ),
            migrations.AddConstraint(
                model_name='rotationrating',
                constraint=models.UniqueConstraint(fields=('rotation', 'criterion'), name='a_host_rates_each_criterion_once'),
            ),
            migrations.AddConstraint(
                model_name='rotationrating',
                constraint=models.CheckConstraint(condition=models.Q(('level__range', (1, 5))), name='a_rotation_is_rated_at_one_of_five_levels'),
            ),
            migrations.AddConstraint(
                model_name='interviewrating',
                constraint=models.UniqueConstraint(fields=('assessor', 'criterion'), name='an_assessor_rates_a_criterion_once'),
            ),
            migrations.AddConstraint(
                model_name='interviewrating',
                constraint=models.CheckConstraint(condition=models.Q(('level__range', (1, 5))), name='an_interview_is_rated_in_five_levels'),
            ),
            migrations.AddConstraint(
                model_name='assignmentrating',
                constraint=models.UniqueConstraint(fields=('assessor', 'criterion'), name='an_assessor_rates_each_criterion_once'),
            ),
            migrations.AddConstraint(
                model_name='assignmentrating',
                constraint=models.CheckConstraint(condition=models.Q(('level__range', (1, 5))), name='a_work_is_rated_at_one_of_five_levels'),
            ),
            migrations.AddConstraint(
                model_name='stagefeedback',
                constraint=models.UniqueConstraint(fields=('enrolment', 'stage'), name='a_learner_reacts_to_a_stage_once'),
            ),
            migrations.AddConstraint(
                model_name='stagefeedback',
                constraint=models.CheckConstraint(condition=models.Q(('confidence__range', (1, 5)), ('relevance__range', (1, 5)), ('recommends__range', (1, 5))), name='a_reaction_is_between_1_and_5'),
            ),
            migrations.AddConstraint(
                model_name='study',
                constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['share', 'change'])), name='the_outcome_of_a_study_is_known'),
            ),
            migrations.AddConstraint(
                model_name='study',
                constraint=models.CheckConstraint(condition=models.Q(('design__in', ['lottery', 'matched'])), name='the_design_of_a_study_is_known'),
            ),
            migrations.AddConstraint(
                model_name='study',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('design', 'matched'), _negated=True), models.Q(('matched_on', ''), _negated=True), _connector='OR'), name='a_matched_study_says_on_what_it_is_matched'),
            ),
            migrations.AddConstraint(
                model_name='studycohort',
                constraint=models.UniqueConstraint(fields=('study', 'cohort'), name='a_study_follows_a_cohort_once'),
            ),
            migrations.AddConstraint(
                model_name='studycohort',
                constraint=models.UniqueConstraint(condition=models.Q(('is_primary', True)), fields=('cohort',), name='one_study_is_primary_for_a_cohort'),
            ),
            migrations.AddConstraint(
                model_name='studyrow',
                constraint=models.UniqueConstraint(fields=('study', 'reference'), name='a_study_looks_at_each_once'),
            ),
            migrations.AddConstraint(
                model_name='studyrow',
                constraint=models.CheckConstraint(condition=models.Q(('arm__in', ['trained', 'comparison'])), name='the_arm_of_a_study_is_known'),
            ),
            migrations.AddConstraint(
                model_name='studyrow',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('after', None), ('before', None), ('happened__isnull', False)), models.Q(('after__isnull', False), ('before__isnull', False), ('happened', None)), _connector='OR'), name='a_study_s_row_says_what_happened_or_what_was_before_and_after'),
            ),
        ]),
    ]
