from litestar import Controller, get
from sqlalchemy import select
from sqlalchemy.orm import Session

from club.db.member import Member


class MemberController(Controller):
    path = "/members"

    @get("/", sync_to_thread=True)
    def list_members(self, session: Session) -> list[str]:
        return list(session.scalars(select(Member.name).limit(100)))
