"""Settings, read once from the environment."""

from functools import lru_cache

from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    database_url: str = "postgresql+asyncpg://localhost/parcels"
    carrier_url: str = "http://localhost:9000"
    label_bucket: str = "labels"
    currency: str = "EUR"


@lru_cache
def get_settings() -> Settings:
    return Settings()
