from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "ipd.kernel"
    label = "kernel"
