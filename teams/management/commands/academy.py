"""`manage.py academy check|import|export FOLDER`: the curriculum as a folder of files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ipd.kernel.access import Refused
from teams.actions.academy import curriculum
from teams.models import CurriculumFile


class Command(BaseCommand):
    help = (
        "Checks a folder of curriculum files, brings it in (all or nothing; the same folder "
        "twice changes nothing), or writes the files in force into a folder."
    )

    def add_arguments(self, parser):
        parser.add_argument("act", choices=["check", "import", "export"])
        parser.add_argument("folder", type=Path)

    def handle(self, *, act, folder, **options):
        try:
            getattr(self, f"{act}_")(folder)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error

    def _read(self, folder):
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        files = curriculum.read_folder(folder)
        if not files:
            raise CommandError(f"There are no files in {folder}.")
        return files

    def check_(self, folder):
        look = curriculum.look(self._read(folder))
        self._tell(look)
        self.stdout.write("No mistakes; nothing was brought in.")

    def import_(self, folder):
        files = self._read(folder)
        self._tell(curriculum.look(files))
        curriculum.bring_in(files)
        self.stdout.write("Brought in.")

    def _tell(self, look):
        """What would change; ends here where there are mistakes."""
        for path, state in look.states.items():
            if state != curriculum.SAME:
                self.stdout.write(f"{state:8} {path}")
        if look.problems:
            for problem in look.problems:
                self.stderr.write(str(problem))
            raise CommandError(f"{len(look.problems)} mistakes; nothing was brought in.")
        self.stdout.write(f"{len(look.changed)} of {len(look.states)} files new or changed.")

    def export_(self, folder):
        files = CurriculumFile.objects.filter(is_current=True)
        count = 0
        for path, source in files.values_list("path", "source"):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.encode())
            count += 1
        self.stdout.write(f"{count} files in {folder}.")
