from dataclasses import dataclass
from datetime import date


@dataclass
class MatchCreate:
    title: str
    played_on: date


@dataclass
class MatchRead:
    id: int
    title: str
    played_on: date
