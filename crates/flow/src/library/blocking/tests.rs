//! Which calls block, one per line.

use crate::library::shown::check;

#[test]
fn calls_that_wait() {
    check(
        "//- models.py\n",
        "\
import os, requests, httpx, subprocess, time, sqlite3, psycopg2, redis, boto3, asyncio
from pathlib import Path
from urllib.request import urlopen
from time import sleep
http = requests.Session()
",
        "client: httpx.Client, later: httpx.AsyncClient, path: Path, unknown",
        &[
            ("time.sleep(1)", "? | blocks time.sleep"),
            ("sleep(1)", "? | blocks time.sleep"),
            ("requests.get('a')", "? | blocks requests.get"),
            ("requests.Session().post('a')", "? | blocks requests.Session.post"),
            ("http.get('a')", "? | blocks requests.Session.get"),
            ("client.get('a')", "? | blocks httpx.Client.get"),
            ("httpx.get('a')", "? | blocks httpx.get"),
            ("urlopen('a')", "? | blocks urllib.request.urlopen"),
            ("subprocess.run(['a'])", "? | blocks subprocess.run"),
            ("os.system('a')", "? | blocks os.system"),
            ("input()", "? | blocks input"),
            (
                "sqlite3.connect('a').cursor().execute('b')",
                "? | blocks sqlite3.connect | cursor.execute | blocks cursor.execute",
            ),
            ("psycopg2.connect('a')", "a psycopg2.connection | blocks psycopg2.connect"),
            ("redis.Redis().get('a')", "? | blocks redis.Redis.get"),
            ("boto3.client('s3').get_object(Key='a')", "? | blocks boto3.client.get_object"),
            ("open('a')", "? | blocks file: open"),
            ("path.read_text()", "? | blocks file: pathlib.Path.read_text"),
            ("Path('a').joinpath('b').read_bytes()", "? | blocks file: pathlib.Path.read_bytes"),
            ("path.joinpath('b')", "a pathlib.Path"),
            ("requests.codes", "requests.codes"),
            ("subprocess.Popen(['a'])", "a subprocess.Popen"),
            ("unknown.sleep(1)", "?#3.sleep() | calls #3.sleep"),
        ],
    );
}
