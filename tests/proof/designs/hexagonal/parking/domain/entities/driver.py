from dataclasses import dataclass, field
from uuid import UUID, uuid4


@dataclass
class Driver:
    name: str
    license_plate: str
    id: UUID = field(default_factory=uuid4)
