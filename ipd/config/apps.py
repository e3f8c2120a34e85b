"""Composition: makes the Celery application known to every process."""

from django.apps import AppConfig

from ipd.config import celery


class ConfigConfig(AppConfig):
    name = "ipd.config"
    label = "config"
    celery = celery.app
