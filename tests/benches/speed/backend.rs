//! Generates a backend: the same every time, with imports across layers as in real projects.

use std::fmt::Write as _;
use std::fs;

use camino::Utf8Path;

/// The number of entities in the generated backend; each has a route, a service, a repository, a port and an entity.
pub(crate) const MODULES: usize = 400;

const PARTS: [(&str, &str); 5] = [
    ("domain", ENTITY),
    ("ports", PORT),
    ("infrastructure", REPOSITORY),
    ("services", SERVICE),
    ("routes", ROUTE),
];

const ENTITY: &str = "\
from dataclasses import dataclass


@dataclass
class EntityN:
    id: int
    name: str
    total: int = 0

    def add(self, amount: int) -> None:
        if amount < 0:
            raise ValueError(amount)
        self.total += amount
";
const PORT: &str = "\
from typing import Protocol

from app.domain.part_N import EntityN


class EntityNRepository(Protocol):
    async def get(self, id: int) -> EntityN: ...

    async def add(self, entity: EntityN) -> None: ...
";
const REPOSITORY: &str = "\
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.part_N import EntityN
from app.ports.part_N import EntityNRepository


class SqlEntityNRepository(EntityNRepository):
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, id: int) -> EntityN:
        rows = await self._session.execute(select(EntityN).where(EntityN.id == id))
        return rows.scalar_one()

    async def add(self, entity: EntityN) -> None:
        self._session.add(entity)
";
const SERVICE: &str = "\
from app.domain.part_N import EntityN
from app.domain.part_M import EntityM
from app.ports.part_N import EntityNRepository


class EntityNService:
    def __init__(self, repository: EntityNRepository) -> None:
        self._repository = repository

    async def move(self, id: int, other: EntityM) -> EntityN:
        entity = await self._repository.get(id)
        for step in range(3):
            entity.add(other.total + step)
        return entity
";
const ROUTE: &str = "\
from fastapi import APIRouter, Depends

from app.services.part_N import EntityNService

router = APIRouter()


@router.get('/entity-N/{id}')
async def read(id: int, service: EntityNService = Depends()) -> dict[str, int]:
    entity = await service.move(id, None)
    return {'id': entity.id, 'total': entity.total}
";

/// Writes the backend below `root`. Each module is padded with functions to about a hundred lines.
pub(crate) fn write(root: &Utf8Path, entities: usize) -> std::io::Result<()> {
    for (folder, template) in PARTS {
        let package = root.join("app").join(folder);
        fs::create_dir_all(&package)?;
        fs::write(package.join("__init__.py"), "")?;
        for index in 0..entities {
            let other = (index * 7 + 3) % entities;
            let mut text = template.replace('N', &index.to_string()).replace('M', &other.to_string());
            pad(&mut text, 100);
            fs::write(package.join(format!("part_{index}.py")), text)?;
        }
    }
    fs::write(root.join("app/__init__.py"), "")
}

/// Adds functions until `text` has at least `lines` lines.
pub(crate) fn pad(text: &mut String, lines: usize) {
    let mut number = 0;
    while text.lines().count() < lines {
        // Ten at a time, so that counting lines doesn't dominate the time.
        for _ in 0..10 {
            number += 1;
            let _ = write!(
                text,
                "\n\ndef step_{number}(values: list[int], limit: int = {number}) -> list[int]:\n    \
                 kept = [value for value in values if value < limit]\n    \
                 for index, value in enumerate(kept):\n        \
                 kept[index] = value * {number} + len(f\"{{value}} of {{limit}}\")\n    \
                 return kept\n"
            );
        }
    }
}
