"""The whole story in a real Chromium, on the whole of Gatehouse with its demonstration company."""
