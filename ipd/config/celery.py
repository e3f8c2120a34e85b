"""The Celery application; its schedule is static, since state lives in PostgreSQL."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ipd.config.settings")

from django.conf import settings

app = Celery("gatehouse", broker=settings.BROKER_URL)
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_ignore_result=True,
    task_time_limit=600,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    # Longer than any task, so that none is handed out twice while it runs.
    broker_transport_options={"visibility_timeout": 1800, "socket_timeout": 5},
    worker_hijack_root_logger=False,
    timezone="UTC",
    beat_schedule={
        "relay the outbox": {"task": "ipd.kernel.tasks.relay", "schedule": 5.0},
        "follow touches": {"task": "ipd.kernel.tasks.follow_touches", "schedule": 5.0},
        "hand out jobs": {"task": "ipd.kernel.tasks.hand_out", "schedule": 10.0},
        "read all facts": {
            "task": "gates.periodic.read_all_facts",
            "schedule": crontab(hour=0, minute=21),
        },
        "start cohorts": {
            "task": "teams.periodic.start_cohorts",
            "schedule": crontab(hour=4, minute=11),
        },
        "read contracts": {
            "task": "ipd.periodic.read_contracts",
            "schedule": crontab(hour=0, minute=17),
        },
        "count criteria": {
            "task": "gates.periodic.count_criteria",
            "schedule": crontab(hour=0, minute=26),
        },
        "chase conditions": {
            "task": "gates.periodic.chase_conditions",
            "schedule": crontab(minute=7),
        },
        "chase reviews": {"task": "gates.periodic.chase_reviews", "schedule": crontab(minute=12)},
        "climb trade-offs": {
            "task": "ipd.periodic.climb_trade_offs",
            "schedule": crontab(minute=17),
        },
        "chase requirements": {
            "task": "ipd.periodic.chase_requirements",
            "schedule": crontab(minute=22),
        },
        "read open KPI months": {
            "task": "teams.periodic.read_open_months",
            "schedule": crontab(hour=0, minute=37),
        },
        "remind of certificates": {
            "task": "teams.periodic.remind_of_certificates",
            "schedule": crontab(hour=6, minute=52),
        },
        "raise KPI alerts": {
            "task": "teams.periodic.raise_kpi_alerts",
            "schedule": crontab(hour=1, minute=42),
        },
        "close KPI months": {
            "task": "teams.periodic.close_months",
            "schedule": crontab(hour=1, minute=7),
        },
        "remind of KPI readings": {
            "task": "teams.periodic.remind_of_readings",
            "schedule": crontab(hour=5, minute=32),
        },
        "remind pairs to meet": {
            "task": "teams.periodic.remind_pairs_to_meet",
            "schedule": crontab(hour=5, minute=47),
        },
        "remind of development plans": {
            "task": "teams.periodic.remind_of_plan_checks",
            "schedule": crontab(hour=5, minute=57),
        },
        "remind of modules": {
            "task": "teams.periodic.remind_of_modules",
            "schedule": crontab(hour=6, minute=22),
        },
        "close reviews by colleagues": {
            "task": "teams.periodic.close_peer_reviews",
            "schedule": crontab(hour=0, minute=47),
        },
        "bundle the digest": {
            "task": "gates.periodic.bundle_digests",
            "schedule": crontab(minute=0),
        },
    },
)
app.autodiscover_tasks()
app.autodiscover_tasks(related_name="periodic")
