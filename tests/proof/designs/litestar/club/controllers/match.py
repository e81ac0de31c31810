from litestar import Controller, get, post
from litestar.exceptions import NotFoundException
from sqlalchemy import select
from sqlalchemy.orm import Session

from club.db.match import Match
from club.dto.match import MatchCreate, MatchRead


def to_read(match: Match) -> MatchRead:
    return MatchRead(id=match.id, title=match.title, played_on=match.played_on)


class MatchController(Controller):
    path = "/matches"
    tags = ["Matches"]

    @get("/", sync_to_thread=True)
    def list_matches(self, session: Session) -> list[MatchRead]:
        return [to_read(match) for match in session.scalars(select(Match).limit(100))]

    @post("/", sync_to_thread=True)
    def create_match(self, data: MatchCreate, session: Session) -> MatchRead:
        match = Match(title=data.title, played_on=data.played_on)
        session.add(match)
        session.flush()
        return to_read(match)

    @get("/{match_id:int}", sync_to_thread=True)
    def get_match(self, match_id: int, session: Session) -> MatchRead:
        match = session.get(Match, match_id)
        if match is None:
            raise NotFoundException("Match not found")
        return to_read(match)
