//! The parts of a review beside its claims: what breaks first, the checklists, the technologies, the questions.

use report::deployment::File;
use review::{Evidence, Review};
use tests::TestProject;

fn reviewed(files: &[(&str, &str)]) -> Review {
    let project = TestProject::new(files.iter().copied());
    let snapshot = project.snapshot();
    let of = *snapshot.projects().first().expect("it is a project");
    let is_wanted = |path: &str| review::is_wanted(path.rsplit('/').next().unwrap_or(path));
    let beside = files.iter().filter(|(path, _)| is_wanted(path));
    let files = beside.map(|(path, text)| File { path: (*path).to_owned(), text: (*text).to_owned() });
    review::review(&Evidence::collect(&snapshot, of, files.collect()))
}

const SHARED: &str = r#"
from fastapi import Depends, FastAPI
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

app = FastAPI()


class Base(DeclarativeBase):
    pass


class Role(Base):
    __tablename__ = "roles"
    name: Mapped[str] = mapped_column(primary_key=True)


def get_db() -> Session:
    return Session()


def user(db: Session = Depends(get_db)) -> str:
    for role in db.scalars(select(Role)):
        db.get(Role, role.name + "s")
    return "me"


@app.get("/me")
def me(who: str = Depends(user)) -> str:
    return who


@app.get("/roles")
def roles(db: Session = Depends(get_db), who: str = Depends(user)) -> None:
    for role in db.scalars(select(Role)):
        db.get(Role, role.name)
"#;

/// What runs before each request is no reason to say of each route that it grows.
#[test]
fn what_runs_before_several_routes_is_told_once() {
    let review = reviewed(&[("shop/main.py", SHARED)]);
    let said: Vec<&str> = review.roadmap.iter().map(|it| it.what.as_str()).collect();
    let expected = [
        "`user`, which runs before 2 routes, runs up to 1 + N(roles) queries.",
        "`GET /roles` runs up to 1 + N(roles) queries a request.",
    ];
    assert_eq!(said, expected);
}

/// A library that is a client and a web framework is what is used of it.
#[test]
fn a_client_is_no_web_framework() {
    let rows = |text: &str| {
        let review = reviewed(&[("shop/main.py", text)]);
        let purposes: Vec<&str> = review.stack.parts.iter().map(|it| it.purpose).collect();
        (purposes, review.coverage.routes_not_read)
    };
    let client = "import aiohttp\n\n\nasync def rates():\n    async with aiohttp.ClientSession() as session:\n        return session\n";
    assert_eq!(rows(client), (vec!["HTTP client"], Vec::new()));
    let server = "from aiohttp import web\n\napp = web.Application()\n";
    assert_eq!(rows(server), (vec!["web framework"], vec!["aiohttp".to_owned()]));
    let both = format!("{client}\n\napp = aiohttp.web.Application()\n");
    assert_eq!(rows(&both), (vec!["web framework", "HTTP client"], vec!["aiohttp".to_owned()]));
}

/// What a hint says is neither a concern of the checklist nor a reason to fail.
#[test]
fn hints_are_no_concerns() {
    let main = "import time\nfrom contextlib import asynccontextmanager\n\nfrom fastapi import FastAPI\n\n\n@asynccontextmanager\n\
                async def lifespan(app: FastAPI):\n    time.sleep(1)\n    yield\n\n\napp = FastAPI(lifespan=lifespan)\n\n\n\
                @app.get(\"/slow\")\nasync def slow() -> str:\n    time.sleep(5)\n    return \"done\"\n";
    let script = "import argparse\n\nfrom sqlalchemy import text\nfrom sqlalchemy.orm import Session\n\n\n\
                  def count(session: Session, table: str) -> int:\n    return session.execute(text(f\"SELECT id FROM {table}\")).scalar()\n\n\n\
                  def main() -> None:\n    parser = argparse.ArgumentParser()\n    parser.add_argument(\"table\")\n    \
                  print(count(Session(), parser.parse_args().table))\n\n\nif __name__ == \"__main__\":\n    main()\n";
    let review = reviewed(&[("shop/main.py", main), ("shop/count.py", script)]);
    let said: Vec<&str> = review.roadmap.iter().map(|it| it.what.as_str()).collect();
    assert_eq!(said, ["`time.sleep()` blocks the event loop in `slow`."]);
    let sql = review.security.iter().find(|it| it.check.contains("SQL"));
    assert_eq!(sql.map(|it| it.state), Some(review::State::NothingFound));
}

#[test]
fn an_image_is_told_where_it_is_named_and_by_its_own_name() {
    let review = reviewed(&[
        ("shop/main.py", "import fastapi\n"),
        ("docker-compose.yml", "services:\n  db:\n    image: mariadb:12\n  app:\n    image: python:3.13\n"),
        ("docker-compose.override.small.yml", "services:\n  db:\n    mem_limit: 4G\n"),
    ]);
    let database = review.stack.parts.iter().find(|it| it.purpose == "services").expect("it is there");
    let place = database.place.as_ref().map(|it| (it.path.as_str(), it.line));
    assert_eq!((database.name.as_str(), place), ("MariaDB", Some(("docker-compose.yml", 3))));
    let asked = "Is MariaDB 12, which `docker-compose.yml:3` starts, also the version in operation?";
    assert!(review.questions.iter().any(|it| it.text == asked));
}

#[test]
fn an_image_of_another_program_and_a_list_of_what_is_left_out_are_no_images_of_this_one() {
    let built = |files: &[(&str, &str)]| {
        let review = reviewed(&[&[("shop/main.py", "import fastapi\n")], files].concat());
        let row = review.factors.iter().find(|it| it.check.starts_with("An image is built"));
        (row.and_then(|it| it.place.as_ref().map(|it| it.path.clone())), review.coverage.unread)
    };
    let proxy =
        ("proxy/Dockerfile", "FROM nginx:1.29\nCOPY nginx.conf /etc/nginx/\nENTRYPOINT [\"/start.sh\"]\n");
    let list = ("docker/Dockerfile.dockerignore", ".git\n.venv\n");
    let own = ("docker/Dockerfile", "FROM python:3.13\nCOPY . .\nCMD [\"./start.sh\"]\n");
    assert_eq!(built(&[proxy, list]), (None, Vec::new()));
    assert_eq!(built(&[proxy, list, own]), (Some("docker/Dockerfile".to_owned()), Vec::new()));
    let other = ("Containerfile", own.1);
    assert_eq!(built(&[proxy, list, other]), (Some("Containerfile".to_owned()), Vec::new()));
}

#[test]
fn retries_with_an_end_are_one_strength() {
    let function = |name: &str| {
        format!(
            "\n\n@retry(stop=stop_after_attempt(3))\ndef {name}() -> httpx.Response:\n    return httpx.get(\"https://{name}.example\")\n"
        )
    };
    let text = format!(
        "import httpx\nfrom tenacity import retry, stop_after_attempt\n{}{}",
        function("one"),
        function("two")
    );
    let review = reviewed(&[("shop/calls.py", &text)]);
    let strengths = review.areas.iter().flat_map(|it| &it.strengths);
    let said: Vec<&str> =
        strengths.filter(|it| it.detection == "retry-without-end").map(|it| it.text.as_str()).collect();
    assert_eq!(said, ["2 functions are tried again a limited number of times each, as `one`."]);
}

/// Statements are counted wherever imports are, and what opens a cycle is not to be moved to the top first.
#[test]
fn imports_are_counted_as_statements() {
    let registry = "from orders.models import Flow\nfrom orders.models import Phase\nfrom orders.constants import A\n\n\
                    PHASES = [Phase(A)]\nFLOWS = [Flow(A)]\n";
    let utils = "def phases():\n    from billing.registry import PHASES\n\n    return PHASES\n\n\n\
                 def flows():\n    from billing.registry import FLOWS\n\n    return FLOWS\n";
    let review = reviewed(&[
        ("orders/__init__.py", ""),
        ("orders/constants.py", "A = 1\n"),
        (
            "orders/models.py",
            "class Phase:\n    def __init__(self, a):\n        self.a = a\n\n\nclass Flow(Phase):\n    pass\n",
        ),
        ("orders/utils.py", utils),
        ("billing/__init__.py", ""),
        ("billing/registry.py", registry),
    ]);
    let steps: Vec<&str> = review.steps.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(steps, ["Begin with this: `orders` stops importing `billing` (2 imports to change)."]);
}

/// A configuration file that the command names says what is started.
#[test]
fn a_configuration_file_says_what_is_started() {
    let review = reviewed(&[
        ("shop/__init__.py", ""),
        ("shop/main.py", "from fastapi import FastAPI\n\napp = FastAPI()\n"),
        ("docker/gunicorn.py", "wsgi_app = \"shop.main:app\"\nbind = \"0.0.0.0:8000\"\nworkers = 4\n"),
        (
            "Dockerfile",
            "FROM python:3.13-slim\nWORKDIR /opt/app\nUSER 1000\nCOPY ./ ./\nCMD [\"gunicorn\", \"--config\", \"/opt/app/docker/gunicorn.py\"]\n",
        ),
    ]);
    assert_eq!((review.coverage.starts, review.coverage.not_told), (1, Vec::new()));
    let said = "answers requests with `shop/main.py` (workers = 4)";
    assert!(review.summary.iter().any(|it| it.contains(said)), "{:?}", review.summary);
}

/// Of each technology: its name, where it is asked for, and who uses it.
fn stack(files: &[(&str, &str)]) -> Vec<String> {
    let place = |it: &review::Place| format!("{}:{}", it.path, it.line);
    let said = reviewed(files).stack.parts.into_iter().map(|it| {
        let example = it.example.unwrap_or_default();
        format!("{} {} {example}", it.name, it.place.as_ref().map(place).unwrap_or_default())
    });
    said.collect()
}

/// A driver is loaded by its name, in a URL or by a setting. What comes with another library isn't asked for by its line.
#[test]
fn technologies_are_told_by_their_own_lines() {
    let project = "[project]\nname = \"shop\"\ndependencies = [\"sqlalchemy[asyncio]>=2\", \"asyncpg\", \"redis\",\n  \"requests-mock\",\n  \"requests\"]\n";
    let db = "import os\n\nimport requests\nimport urllib3\nfrom sqlalchemy.ext.asyncio import create_async_engine\n\n\
              engine = create_async_engine(os.getenv(\"DATABASE_URL\", \"sqlite+aiosqlite:///shop.db\"))\n";
    let files = [("pyproject.toml", project), ("shop/__init__.py", ""), ("shop/db.py", db)];
    let expected = [
        "sqlalchemy pyproject.toml:3 shop/db.py",
        "asyncpg pyproject.toml:3 ",
        "aiosqlite  shop/db.py",
        "requests pyproject.toml:5 shop/db.py",
        "urllib3  shop/db.py",
    ];
    assert_eq!(stack(&files), expected);
}

/// Two programs of one repository may each have their own library and version.
#[test]
fn two_libraries_for_one_purpose_are_those_of_one_program() {
    let notes = |other: &str, text: &str| {
        let lock = |version: &str| format!("[[package]]\nname = \"environs\"\nversion = \"{version}\"\n");
        let folder = other.split('/').next().unwrap_or_default();
        let requirements = format!("{folder}/uv.lock");
        let (one, two) = (lock("1.0"), lock("2.0"));
        let files = [
            ("api/uv.lock", one.as_str()),
            (requirements.as_str(), two.as_str()),
            ("api/shop/__init__.py", ""),
            ("api/shop/settings.py", "from environs import Env\n\nenv = Env()\n"),
            (other, text),
        ];
        let files = if folder == "api" { &files[1..] } else { &files[..] };
        reviewed(files).stack.notes
    };
    let settings =
        "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    port: int = 1\n";
    assert_eq!(notes("tools/config.py", settings), Vec::<String>::new());
    let two = "Two are in use for settings: pydantic-settings in 1 module (`api/shop/config.py`), environs in 1 module \
               (`api/shop/settings.py`).";
    assert_eq!(notes("api/shop/config.py", settings), [two]);
    let importing = format!("from shop.settings import env\n\n{settings}");
    let said = notes("tools/config.py", &importing);
    assert_eq!(said.len(), 2, "{said:?}");
    assert_eq!(said[1], "environs is 1.0 in `api/uv.lock` and 2.0 in `tools/uv.lock`.");
}

/// What runs once, when the program starts, fails no sooner with more requests.
#[test]
fn what_blocks_once_at_the_start_is_of_little_weight() {
    let gateways = "import requests\n\n\nasync def init() -> str:\n    return requests.get(\"https://example.org\", timeout=5).text\n";
    let main = |job: &str, home: &str| {
        format!(
            "from apscheduler.schedulers.asyncio import AsyncIOScheduler\nfrom apscheduler.triggers.date import DateTrigger\n\
             from fastapi import FastAPI\n\nfrom shop.gateways import init\n\napp = FastAPI()\nscheduler = AsyncIOScheduler()\n\n\n\
             def start() -> None:\n    {job}\n\n\n@app.get(\"/\")\nasync def home() -> str:\n    return {home}\n"
        )
    };
    let said = |job: &str, home: &str| {
        let text = main(job, home);
        let review =
            reviewed(&[("shop/__init__.py", ""), ("shop/gateways.py", gateways), ("shop/main.py", &text)]);
        let level = review.concerns().find(|it| it.text.contains("blocks")).and_then(|it| it.level);
        (level, review.roadmap.len())
    };
    let once = "scheduler.add_job(init, DateTrigger(), max_instances=1)";
    assert_eq!(said(once, "\"up\""), (Some(review::Level::Low), 0));
    assert_eq!(said(once, "await init()"), (Some(review::Level::High), 1));
    assert_eq!(said("start()", "await init()"), (Some(review::Level::High), 1));
}

/// Where it isn't known what runs, or which settings hold, the summary says so.
#[test]
fn what_is_not_known_is_said() {
    let last = |files: &[(&str, &str)]| reviewed(files).summary.last().cloned().unwrap_or_default();
    let main = ("shop/main.py", "from fastapi import FastAPI\n\napp = FastAPI()\n");
    let image = |command: &str| format!("FROM python:3.14\nCOPY . .\nCMD {command}\n");
    assert_eq!(
        last(&[main, ("Dockerfile", &image("[\"/start.sh\"]"))]),
        "Not known: what these start is unknown: `image: /start.sh`."
    );
    assert_eq!(
        last(&[main, ("Dockerfile", &image("exec circusd circus.conf"))]),
        "Not known: what these start is unknown: `image: circusd`."
    );
    let is_silent = |command: &str| !last(&[main, ("Dockerfile", &image(command))]).starts_with("Not known");
    assert!(is_silent("sleep infinity") && is_silent("uvicorn shop.main:app"));
    let settings = "from split_settings.tools import include\n\ninclude(\"parts/*.py\")\n";
    assert_eq!(
        last(&[("manage.py", "import django\n"), ("shop/__init__.py", ""), ("shop/settings.py", settings)]),
        "Not known: settings that `shop/settings.py` includes aren't read."
    );
}
