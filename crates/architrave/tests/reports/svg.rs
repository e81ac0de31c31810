//! `--format svg`: pictures that browsers and documents show.

use crate::shell::Project;

const MODELS: &str = "from sqlmodel import Field, SQLModel\n\n\nclass Team(SQLModel, table=True):\n    \
    id: int | None = Field(default=None, primary_key=True)\n    \
    parent_id: int | None = Field(default=None, foreign_key=\"team.id\")\n\n\nclass Hero(SQLModel, table=True):\n    \
    id: int | None = Field(default=None, primary_key=True)\n    team_id: int = Field(foreign_key=\"team.id\")\n";

const ROUTES: &str = "from fastapi import APIRouter\nfrom sqlmodel import Session, select\n\n\
    from heroes.models.tables import Hero\n\nrouter = APIRouter()\n\n\n\
    @router.get(\"/heroes\")\ndef heroes(session: Session) -> list[Hero]:\n    \
    return session.exec(select(Hero)).all()\n";

fn heroes() -> Project {
    Project::new(&[
        ("pyproject.toml", "[project]\nname = \"heroes\"\n"),
        ("heroes/__init__.py", ""),
        ("heroes/models/__init__.py", ""),
        ("heroes/models/tables.py", MODELS),
        ("heroes/api/__init__.py", ""),
        ("heroes/api/routes.py", ROUTES),
    ])
}

#[test]
fn pictures_are_written_as_svg_and_the_same_each_time() {
    let project = heroes();
    for (arguments, words) in [
        (&["diagram", "component"][..], "heroes.models.tables</text>"),
        (&["deps"], ">models</text>"),
        (&["diagram", "er"], "team_id int FK</text>"),
        (&["diagram", "sequence", "GET /heroes"], ">api.routes</text>"),
    ] {
        let arguments = [arguments, &["--format", "svg"]].concat();
        let run = project.run(&arguments);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{arguments:?}");
        assert!(
            run.out.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" ")
                && run.out.ends_with("</svg>\n")
        );
        assert!(run.out.contains(words), "{arguments:?}: {}", run.out);
        assert!(run.out.contains("<path class=\"line\""), "{arguments:?}: {}", run.out);
        assert_eq!(project.run(&arguments).out, run.out, "{arguments:?}");
    }
}

#[test]
fn keys_of_tables_come_with_how_many_rows_there_are_and_lead_to_the_table_itself_too() {
    let out = heroes().run(&["diagram", "er", "--format", "svg"]).out;
    assert!(out.contains(">team_id n:1</text>"), "{out}");
    assert!(out.contains("<title>parent_id n:0..1</title>"), "{out}");
}

#[test]
fn a_picture_in_svg_can_be_checked_but_not_stand_in_markdown() {
    let project = heroes();
    assert_eq!(project.run(&["diagram", "er", "--format", "svg", "--output", "er.svg"]).out, "");
    assert_eq!(project.run(&["diagram", "er", "--format", "svg", "--check", "er.svg"]).code, 0);
    project.write("a.md", "<!-- architrave:diagram er --format svg -->\n<!-- /architrave:diagram -->\n");
    assert_eq!(project.run(&["diagram", "--update", "a.md"]).code, 2);
}
