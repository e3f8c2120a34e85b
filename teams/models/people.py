"""People, the functions whose skills they belong to, and the sites they work at."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Site(models.Model):
    """A place of work; its time zone says when a day is over there."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120)
    country = models.CharField(max_length=2, blank=True)
    timezone = models.CharField(max_length=60, default="UTC")

    class Meta:
        ordering = ["code"]

    def __str__(self):
        return self.name


class Function(models.Model):
    """A resource line: owns skills and methods; its head signs for it."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120)
    head = models.ForeignKey(
        "teams.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="heads"
    )

    class Meta:
        ordering = ["code"]

    def __str__(self):
        return self.name


class PersonManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class Person(AbstractBaseUser):
    """Someone who signs in. What they may do follows from their seats, not from this row.

    `is_administrator` sets up, imports and revokes; it opens no confidential product.
    """

    code = models.CharField(_("number"), max_length=30, unique=True)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    function = models.ForeignKey(
        Function, null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    site = models.ForeignKey(
        Site, null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    job_title = models.CharField(_("job title"), max_length=150, blank=True)
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)
    digest_hour = models.PositiveSmallIntegerField(null=True, blank=True, default=8)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["code", "name"]

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_e_mail_address"),
            models.CheckConstraint(
                name="digest_hour_is_an_hour_of_the_day",
                condition=models.Q(digest_hour=None) | models.Q(digest_hour__lte=23),
            ),
        ]
        indexes = [models.Index(fields=["name", "id"], name="people_by_name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("teams:person", args=[self.pk])

    @property
    def initials(self):
        words = self.name.split()
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()
