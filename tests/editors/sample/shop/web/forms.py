"""What a browser sends."""


def parse(text: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in text.split("&"))
