"""What a page says, whatever its line breaks."""


def text_of(response) -> str:
    return " ".join(response.content.decode().split())
