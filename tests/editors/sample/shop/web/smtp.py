class Smtp:
    def send(self, to: str, text: str) -> None:
        print(to, text)
