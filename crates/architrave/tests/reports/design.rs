//! `architrave design`.

use crate::shell::Project;

/// Two subjects in layers; `book` is complete.
fn library() -> Project {
    Project::new(&[
        ("pyproject.toml", "[project]\nname = \"library\"\n"),
        ("app/__init__.py", ""),
        ("app/models/__init__.py", ""),
        (
            "app/models/book.py",
            "from sqlalchemy.orm import Mapped, mapped_column\n\nfrom app.base import Base\n\n\nclass Book(Base):\n    \
             __tablename__ = \"books\"\n\n    id: Mapped[int] = mapped_column(primary_key=True)\n    title: Mapped[str]\n    \
             isbn: Mapped[str]\n",
        ),
        (
            "app/base.py",
            "from sqlalchemy.orm import DeclarativeBase\n\n\nclass Base(DeclarativeBase):\n    pass\n",
        ),
        ("app/routers/__init__.py", ""),
        (
            "app/routers/books.py",
            "from fastapi import APIRouter\n\nfrom app.models.book import Book\n\nrouter = APIRouter(prefix=\"/books\")\n\n\n\
             @router.post(\"\")\ndef create_book(title: str, isbn: str):\n    return Book(title=title, isbn=isbn).title\n",
        ),
        ("app/routers/health.py", "from fastapi import APIRouter\n\nrouter = APIRouter()\n"),
        (
            "app/main.py",
            "from fastapi import FastAPI\n\nfrom app.routers import books, health\n\napp = FastAPI()\n\
             app.include_router(books.router)\napp.include_router(health.router)\n",
        ),
    ])
}

#[test]
fn a_slice_follows_the_nearest_one_and_is_registered_beside_it() {
    let project = library();
    let run = project.run(&["design", "GiftCard"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(
        run.out,
        "after `book`\n  changed  app/main.py\n  new      app/models/gift_card.py  (as app/models/book.py)\n  \
         new      app/routers/gift_cards.py  (as app/routers/books.py)\nleft out: isbn\n"
    );
    assert_eq!(
        project.read("app/routers/gift_cards.py").unwrap(),
        "from fastapi import APIRouter\n\nfrom app.models.gift_card import GiftCard\n\n\
         router = APIRouter(prefix=\"/gift-cards\")\n\n\n@router.post(\"\")\ndef create_gift_card(title: str):\n    \
         return GiftCard(title=title).title\n"
    );
    let main = project.read("app/main.py").unwrap();
    assert!(main.contains("from app.routers import books, gift_cards, health\n"), "{main}");
    assert!(
        main.contains("app.include_router(books.router)\napp.include_router(gift_cards.router)\n"),
        "{main}"
    );
    let again = project.run(&["design", "gift-cards"]);
    assert_eq!((again.code, again.out.contains("nothing to do")), (0, true), "{}", again.out);
    assert_eq!(project.read("app/main.py").unwrap(), main);
}

#[test]
fn a_dry_run_shows_a_diff_and_writes_nothing() {
    let project = library();
    let run = project.run(&["design", "gift-card", "--dry-run"]);
    assert!(run.out.contains("\n--- /dev/null\n+++ b/app/models/gift_card.py\n"), "{}", run.out);
    assert!(run.out.contains("\n+app.include_router(gift_cards.router)\n"), "{}", run.out);
    assert_eq!(project.read("app/models/gift_card.py"), None);
}

#[test]
fn what_is_there_is_left_as_it_is() {
    let project = library();
    project.write("app/models/gift_card.py", "class GiftCard:\n    title = \"\"\n");
    let run = project.run(&["design", "gift-card"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("  there    app/models/gift_card.py\n"), "{}", run.out);
    assert_eq!(project.read("app/models/gift_card.py").unwrap(), "class GiftCard:\n    title = \"\"\n");
}

#[test]
fn without_anything_to_follow_nothing_is_written() {
    let project = Project::shop();
    let run = project.run(&["design", "gift-card"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("no subject of this project"), "{}", run.err);
    let run = library().run(&["design", "gift-card", "--like", "reader"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("no such subject to follow; there are book"), "{}", run.err);
}

#[test]
fn a_style_chooses_what_is_followed() {
    let project = library();
    let run = project.run(&["design", "GiftCard", "--style", "layered", "--dry-run"]);
    assert!(run.out.starts_with("after `book`\n"), "{}{}", run.out, run.err);
    let run = project.run(&["design", "GiftCard", "--style", "hexagonal"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("no subject of this project is hexagonal; there are book (layered)"),
        "{}",
        run.err
    );
    assert_eq!(project.read("app/models/gift_card.py"), None);
}

/// A folder of a subject with a module that has nothing to do with it, and an address of another name.
#[test]
fn what_only_lies_beside_a_subject_is_not_copied() {
    let project = Project::new(&[
        ("pyproject.toml", "[project]\nname = \"library\"\n"),
        ("app/__init__.py", ""),
        (
            "app/base.py",
            "from sqlalchemy.orm import DeclarativeBase\n\n\nclass Base(DeclarativeBase):\n    pass\n",
        ),
        ("app/books/__init__.py", ""),
        (
            "app/books/models.py",
            "from sqlalchemy.orm import Mapped, mapped_column\n\nfrom app.base import Base\n\n\nclass Book(Base):\n    \
             __tablename__ = \"books\"\n\n    id: Mapped[int] = mapped_column(primary_key=True)\n    title: Mapped[str]\n",
        ),
        ("app/books/limits.py", "MOST = 100\n"),
        ("app/books/options.py", "from os import environ\n\nCOLOUR = environ.get(\"COLOUR\", \"red\")\n"),
        (
            "app/books/router.py",
            "from fastapi import APIRouter\n\nfrom app.books.limits import MOST\nfrom app.books.models import Book\n\n\
             router = APIRouter(prefix=\"/catalogue\")\n\n\n@router.post(\"\")\ndef create_book(title: str):\n    \
             return Book(title=title[:MOST]).title\n",
        ),
        ("app/page.py", "from app.books.options import COLOUR\n\nSTYLE = {\"colour\": COLOUR}\n"),
        (
            "app/main.py",
            "from fastapi import FastAPI\n\nfrom app.books.router import router as books\n\napp = FastAPI()\n\
             app.include_router(books)\n",
        ),
    ]);
    let run = project.run(&["design", "GiftCard"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(project.read("app/gift_cards/options.py"), None, "{}", run.out);
    assert_eq!(project.read("app/gift_cards/limits.py").as_deref(), Some("MOST = 100\n"));
    let router = project.read("app/gift_cards/router.py").unwrap();
    assert!(router.contains("APIRouter(prefix=\"/gift-cards\")"), "{router}");
}
