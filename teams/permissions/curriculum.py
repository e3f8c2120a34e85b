"""Who writes the modules, and who says that a text may come into force."""

from teams.models import Certificate, LearningModule, ModuleText, Person
from teams.permissions.academy import CURRICULUM, RUN


def is_certified(person: Person) -> bool:
    """Holds a certificate today, of whatever path."""
    return Certificate.objects.valid().filter(person=person).exists()


def sees_curriculum(acts: frozenset[str]) -> bool:
    """The files and their health are for those who edit them and who run the academy."""
    return bool(acts & {CURRICULUM, RUN})


def may_write(person: Person, module: LearningModule, acts: frozenset[str]) -> bool:
    """Experienced people write: who edits the curriculum, the module's owner, the certified."""
    return CURRICULUM in acts or module.owner_id == person.pk or is_certified(person)


def may_answer(person: Person, text: ModuleText, acts: frozenset[str]) -> bool:
    """Another experienced colleague approves or returns a text, never its author."""
    return text.author_id != person.pk and may_write(person, text.module, acts)


def may_keep(person: Person, module: LearningModule, acts: frozenset[str]) -> bool:
    """The owner and who edits the curriculum answer for it: review it, see its items' figures."""
    return CURRICULUM in acts or module.owner_id == person.pk
