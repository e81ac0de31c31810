"""Customers in the database."""

from parcels.domain.customer import Customer
from parcels.domain.errors import UnknownCustomer
from parcels.domain.ports import CustomerRepository
from parcels.infrastructure.database import Database
from parcels.infrastructure.orm.mapping import to_customer
from parcels.infrastructure.orm.rows import CustomerRow


class SqlCustomerRepository(CustomerRepository):
    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, customer_id: str) -> Customer:
        async with self._database.session() as session:
            row = await session.get(CustomerRow, customer_id)
            if row is None:
                raise UnknownCustomer(customer_id)
            return to_customer(row)
