"""Many at once, and servers killed in the middle: no acknowledged vote lost, nothing done twice."""
