"""A parcel service."""
