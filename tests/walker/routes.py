"""All addresses of the project, by name."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def url_patterns(resolver=None, prefix=()) -> Iterator[tuple[str, URLPattern]]:
    """Each address with its full name; one without a name goes by its path."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from url_patterns(entry, (*prefix, entry.namespace))
        elif isinstance(entry, URLPattern):
            yield ":".join(filter(None, [*prefix, entry.name or str(entry.pattern)])), entry


ROUTES = dict(url_patterns())
