from sqlalchemy.orm import Session

from app.models import Reader


class ReaderRepository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, reader_id: int) -> Reader | None:
        return self._session.get(Reader, reader_id)
