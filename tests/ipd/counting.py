"""How many queries a page makes."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

PAGE, FRAGMENT = 12, 4
HTMX = {"HX-Request": "true"}


def queries_of(client, url, **more):
    """The number of queries of one GET that has to succeed."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url, **more)
    assert response.status_code == 200, response.status_code
    return len(captured)


def grown(client, url, add, **more):
    """The queries of one GET with one row and with three; `add(n)` makes the n-th row."""
    add(0)
    one = queries_of(client, url, **more)
    add(1)
    add(2)
    assert queries_of(client, url, **more) == one
    return one
