"""Rows to entities and back."""

from parcels.domain.address import Address
from parcels.domain.customer import Customer
from parcels.domain.parcel import Parcel, Status
from parcels.infrastructure.orm.rows import CustomerRow, ParcelRow


def to_customer(row: CustomerRow) -> Customer:
    return Customer(row.id, row.email, customer_address(row), row.is_business)


def customer_address(row: CustomerRow) -> Address:
    return Address(row.name, row.street, row.postcode, row.city, row.country)


def to_parcel(row: ParcelRow) -> Parcel:
    return Parcel(
        id=row.id,
        customer_id=row.customer_id,
        sender=customer_address(row.customer),
        recipient=Address(
            row.recipient_name,
            row.recipient_street,
            row.recipient_postcode,
            row.recipient_city,
            row.recipient_country,
        ),
        weight_kg=row.weight_kg,
        status=Status(row.status),
        carrier_reference=row.carrier_reference,
    )


def to_row(parcel: Parcel) -> ParcelRow:
    return ParcelRow(
        id=parcel.id,
        customer_id=parcel.customer_id,
        weight_kg=parcel.weight_kg,
        status=parcel.status.value,
        carrier_reference=parcel.carrier_reference,
        recipient_name=parcel.recipient.name,
        recipient_street=parcel.recipient.street,
        recipient_postcode=parcel.recipient.postcode,
        recipient_city=parcel.recipient.city,
        recipient_country=parcel.recipient.country,
    )
