//! `review`: its output, and what has changed since an earlier one.

use serde_json::Value;

use crate::shell::Project;

const MAIN: &str = "from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get(\"/orders/{order_id}\")\ndef order(order_id: str) -> str:\n    return order_id\n";
const SHADOWED: &str = "\n\n@app.get(\"/orders/open\")\ndef open_orders() -> str:\n    return \"\"\n";
const COMPOSE: &str = "services:\n  api:\n    build: .\n    command: uvicorn shop.main:app --workers 4\n";

fn shop() -> Project {
    let project = Project::new(&[
        ("pyproject.toml", "[project]\nname = \"shop\"\n"),
        ("shop/__init__.py", ""),
        ("shop/main.py", MAIN),
        ("compose.yml", COMPOSE),
        ("tests/compose.yml", &COMPOSE.replace("shop.main", "shop.nothing")),
    ]);
    project.git(&["init", "--quiet"]);
    project.git(&["add", "."]);
    project.git(&["commit", "--quiet", "-m", "begin"]);
    project
}

fn concerns(review: &Value) -> Vec<&str> {
    let areas = review["areas"].as_array().unwrap();
    let all = areas.iter().flat_map(|it| it["concerns"].as_array().unwrap());
    all.map(|it| it["detection"].as_str().unwrap()).collect()
}

#[test]
fn all_forms_say_the_same() {
    let project = shop();
    project.write("shop/main.py", &format!("{MAIN}{SHADOWED}"));
    let review = project.run(&["review", "--output-format", "json"]).json();
    // A compose file used by tests is not a deployment.
    assert_eq!(concerns(&review), ["route-shadowed"], "{review}");
    assert_eq!(review["schema"], 1);
    let markdown = project.run(&["review"]).out;
    let html = project.run(&["review", "--output-format", "html"]).out;
    for text in [&markdown, &html] {
        assert!(text.contains("is never reached"), "{text}");
    }
    assert!(markdown.contains("Declare `open_orders` before `order`."), "{markdown}");
    assert!(html.starts_with("<!") && !html.contains("http://"), "{html}");
}

#[test]
fn only_what_has_changed_since_a_revision() {
    let project = shop();
    let same = project.run(&["review", "--since", "HEAD"]);
    assert_eq!(same.code, 0, "{}", same.err);
    assert!(same.out.contains("Nothing has."), "{}", same.out);

    project.write("shop/main.py", &format!("{MAIN}{SHADOWED}"));
    let new = project.run(&["review", "--since", "HEAD", "--output-format", "json"]).json();
    assert_eq!(concerns(&new), ["route-shadowed"], "{new}");
    assert_eq!(new["gone"].as_array().unwrap().len(), 0);
    assert_eq!(new["steps"].as_array().unwrap().len(), 1);

    project.git(&["commit", "--quiet", "-am", "shadowed"]);
    project.write("shop/main.py", MAIN);
    let cured = project.run(&["review", "--since", "HEAD"]).out;
    assert!(cured.contains("## Cured") && cured.contains("`open_orders` is never reached"), "{cured}");
    assert!(!cured.contains("## Next steps"), "{cured}");
    // Nothing was checked out: the working tree is unchanged.
    assert_eq!(project.read("shop/main.py").as_deref(), Some(MAIN));
}

#[test]
fn only_what_has_changed_since_a_file() {
    let project = shop();
    let before = project.run(&["review", "--output-format", "json"]).out;
    project.write("before.json", &before);
    assert!(project.run(&["review", "--since", "before.json"]).out.contains("Nothing has."));
    project.write("shop/main.py", &format!("{MAIN}{SHADOWED}"));
    let new = project.run(&["review", "--since", "before.json"]).out;
    assert!(new.contains("is never reached"), "{new}");
}

#[test]
fn what_is_neither_a_file_nor_a_revision_is_an_error() {
    let project = shop();
    for since in ["nothing", "--output", ""] {
        let run = project.run(&["review", &format!("--since={since}")]);
        assert_eq!(run.code, 2, "{since}: {}", run.out);
    }
    let run = project.run(&["review", "--since", "nothing"]);
    assert!(run.err.contains("`nothing` is neither a file nor a revision of this repository"), "{}", run.err);
    let wrong = project.run(&["review", "--since", "compose.yml"]);
    assert!(wrong.err.contains("is no review"), "{}", wrong.err);
}
