from django.apps import AppConfig


class IpdConfig(AppConfig):
    name = "ipd"
    label = "ipd"
