from dataclasses import dataclass, field
from uuid import UUID, uuid4


@dataclass
class Garage:
    name: str
    street: str
    spaces: int = 0
    id: UUID = field(default_factory=uuid4)

    def close(self) -> None:
        self.spaces = 0
