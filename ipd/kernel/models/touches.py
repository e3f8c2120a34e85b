"""Which products' facts have moved, until those who keep figures of them have looked."""

from django.db import models


class Touch(models.Model):
    """A product's facts changed in this row's transaction; read and deleted by the clock.

    Rows are only added and deleted, never counted: two changes of one product do not wait
    for each other.
    """

    product_id = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return str(self.product_id)
