from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KernelConfig(AppConfig):
    name = "ipd.kernel"
    label = "kernel"

    def ready(self):
        """Every package enters what it knows into the kernel's registers; none is left out."""
        autodiscover_modules("permissions", "measures", "panels", "search", "tasks", "works")
