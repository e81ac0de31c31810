"""Calls an endpoint and counts the statements that reach the database during the call."""

from dataclasses import dataclass
from typing import Any

# Statements about transactions and the schema don't count as queries.
ASIDE = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


@dataclass
class Answer:
    """The response of an endpoint, and its statements."""

    status: int
    body: Any
    statements: list[str]


def queries(statements: list[str]) -> list[str]:
    return [statement for statement in statements if not statement.lstrip().upper().startswith(ASIDE)]


class SqlAlchemyApp:
    """An ASGI application on SQLAlchemy."""

    def __init__(self, app: Any) -> None:
        from sqlalchemy import Engine, event
        from starlette.testclient import TestClient

        self._statements: list[str] = []
        event.listen(Engine, "before_cursor_execute", self._note)
        self._client = TestClient(app, raise_server_exceptions=False)
        self._client.__enter__()

    def _note(self, _connection, _cursor, statement: str, *_rest: object) -> None:
        self._statements.append(statement)

    def call(self, method: str, url: str, body: Any) -> Answer:
        self._statements.clear()
        response = self._client.request(method, url, json=body)
        content = response.json() if response.status_code < 500 else None
        return Answer(response.status_code, content, queries(self._statements))

    def close(self) -> None:
        self._client.__exit__(None, None, None)


class DjangoApp:
    """A Django project that is set up."""

    def __init__(self) -> None:
        from django.test import Client

        self._client = Client(raise_request_exception=False)

    def call(self, method: str, url: str, body: Any) -> Answer:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            response = self._client.generic(method, url)
        content = response.json() if response.status_code < 500 else None
        return Answer(response.status_code, content, queries([query["sql"] for query in captured.captured_queries]))

    def close(self) -> None:
        pass
