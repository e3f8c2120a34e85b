"""The academy: what is taught, the path that leads to the certificate, and who walks it."""
