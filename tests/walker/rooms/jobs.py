"""Long work in the walk: a job is its own person's affair."""

from ipd.kernel.models import Job
from tests.walker.rows import LPDT, act, page

TABLE = {
    "kernel:job": page("job", get=LPDT, everywhere=True, denied=404),
    "kernel:job-live": page("job", get=LPDT, everywhere=True, denied=404),
    "kernel:job-cancellation": act("job", LPDT, everywhere=True, denied=404),
}


def objects(product, *, owner, review) -> dict[str, object]:
    return {"job": Job.objects.create(person=owner, kind="walk", title="A walk")}
