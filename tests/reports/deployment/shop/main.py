import psycopg
import redis
from fastapi import FastAPI

app = FastAPI()
connection = psycopg.connect()
cache = redis.Redis()
