from typing import Protocol


class Mail(Protocol):
    def send(self, to: str, text: str) -> None: ...
