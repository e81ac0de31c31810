//! `--format html`: one page that loads nothing and that no name in the code can escape from.

use serde_json::Value;

use crate::shell::Project;

const DATA: &str = "<script type=\"application/json\" id=\"architecture\">";
const HOSTILE: &str = "</script><script>alert(1)<!--__DATA__ & \"it's";

/// Two packages with cyclic imports; one file and one layer have names that try to escape from a page.
fn hostile() -> Project {
    let layer = format!(
        "[layers]\norder = [{HOSTILE:?}, \"store\"]\n[layers.modules]\n{HOSTILE:?} = [\"shop.api\"]\n"
    );
    let file = format!("shop/store/{}.py", HOSTILE.replace('/', "|"));
    Project::new(&[
        ("pyproject.toml", "[project]\nname = \"shop\"\n"),
        ("architrave.toml", &layer),
        ("shop/__init__.py", ""),
        ("shop/api/__init__.py", ""),
        ("shop/api/routes.py", "import shop.store.rows\n"),
        ("shop/store/__init__.py", ""),
        ("shop/store/rows.py", "import shop.api.routes\n"),
        (&file, "import shop.api.routes\n"),
    ])
}

/// The data in a page, and the page without it.
#[track_caller]
fn apart(page: &str) -> (Value, String) {
    let (before, rest) = page.split_once(DATA).unwrap();
    let (data, after) = rest.split_once("</script>").unwrap();
    (serde_json::from_str(data).unwrap(), format!("{before}{DATA}</script>{after}"))
}

#[test]
fn a_page_loads_nothing_and_holds_what_the_project_is() {
    let project = hostile();
    let run = project.run(&["deps", "--format", "html", "--output", "page.html"]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""));
    let page = project.read("page.html").unwrap();
    assert!(page.len() < 1_000_000, "{}", page.len());
    let (data, shell) = apart(&page);
    assert!(shell.contains(
        "content=\"default-src 'none'; style-src 'nonce-architrave'; script-src 'nonce-architrave'\""
    ));
    for loading in ["https:", "src=", "<link", "@import", "fetch(", "XMLHttpRequest"] {
        assert!(!shell.contains(loading), "{loading}");
    }
    assert_eq!(shell.matches("url(").count(), shell.matches("url(#").count());
    // The only address is the SVG namespace.
    assert_eq!(shell.matches("http:").count(), shell.matches("\"http://www.w3.org/2000/svg\"").count());
    assert_eq!(data["schema"], 1);
    assert_eq!(data["root"], "", "nothing of the machine");
    let names: Vec<&str> =
        data["modules"].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert!(names.contains(&"shop.api.routes") && names.contains(&"shop.store.rows"), "{names:?}");
    assert_eq!(data["cycles"].as_array().unwrap().len(), 1);
}

#[test]
fn no_name_in_the_code_gets_out_of_the_data() {
    let run = hostile().run(&["diagram", "component", "--format", "html"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let (data, shell) = apart(&run.out);
    assert!(
        data.to_string().contains("<|script><script>alert(1)<!--__DATA__ & "),
        "the file is there: {data}"
    );
    assert!(!run.out.contains("alert(1)<") && !shell.contains("alert"), "and nowhere but in the data");
    for (tag, count) in
        [("<script", 2), ("</script>", 2), ("<!--", 0), ("<style", 1), ("</style>", 1), ("</html>", 1)]
    {
        assert_eq!(run.out.matches(tag).count(), count, "{tag}");
    }
}

#[test]
fn the_folder_is_in_the_title_as_text() {
    let project = Project::new(&[("a<b>&\"c/pyproject.toml", "[tool.x]\n"), ("a<b>&\"c/x.py", "")]);
    let run = project.run(&["deps", "a<b>&\"c", "--format", "html"]);
    assert!(
        run.out.contains("<title>Architecture of a&lt;b&gt;&amp;&quot;c</title>"),
        "{}{}",
        run.err,
        run.out.len()
    );
}

#[test]
fn links_name_the_folder_only_where_they_are_wanted() {
    let project = hostile();
    let linked = project.run(&["deps", "--format", "html", "--editor-links"]);
    let root = apart(&linked.out).0["root"].as_str().unwrap().to_owned();
    assert!(root.ends_with(project.path().file_name().unwrap().to_str().unwrap()), "{root}");
    // Without links the output is reproducible, so that it can be checked.
    assert_eq!(project.run(&["diagram", "component", "--format", "html", "--output", "a.html"]).code, 0);
    assert_eq!(project.run(&["diagram", "component", "--format", "html", "--check", "a.html"]).code, 0);
    project.write("shop/store/more.py", "");
    assert_eq!(project.run(&["diagram", "component", "--format", "html", "--check", "a.html"]).code, 1);
}

#[test]
fn a_page_knows_what_the_baseline_accepts() {
    const UPWARDS: &str = "from shop.api.routes import router\n\n\ndef rows():\n    return router\n";
    let project = Project::new(&[
        ("pyproject.toml", "[project]\nname = \"shop\"\n"),
        ("architrave.toml", "[layers]\npresentation = [\"shop.api\"]\ndomain = [\"shop.store\"]\n"),
        ("shop/__init__.py", ""),
        ("shop/api/__init__.py", ""),
        ("shop/api/routes.py", "from fastapi import APIRouter\n\nrouter = APIRouter()\n"),
        ("shop/store/__init__.py", ""),
        ("shop/store/rows.py", UPWARDS),
        // A cycle that is only a note.
        ("shop/store/left.py", "import shop.store.right\n\nRIGHT = shop.store.right\n"),
        ("shop/store/right.py", "def left():\n    import shop.store.left\n\n    return shop.store.left\n"),
    ]);
    assert_eq!(project.run(&["baseline"]).code, 0);
    project.write("shop/store/late.py", UPWARDS);
    for arguments in [&["deps"][..], &["diagram", "component"]] {
        let run = project.run(&[arguments, &["--format", "html"]].concat());
        let (data, _) = apart(&run.out);
        let violations = data["violations"].as_array().unwrap();
        let new: Vec<&str> = violations
            .iter()
            .filter(|it| it["isAccepted"] == false && it["rule"] == "layer-violation")
            .map(|it| it["message"].as_str().unwrap())
            .collect();
        assert!(violations.iter().any(|it| it["isAccepted"] == true), "{violations:?}");
        assert_eq!(new.len(), 1, "{violations:?}");
        let is_note = |it: &&Value| matches!(it["level"].as_str(), Some("info" | "hint"));
        let notes: Vec<&Value> = violations.iter().filter(is_note).collect();
        assert!(!notes.is_empty() && notes.iter().all(|it| it["fails"] == false), "{violations:?}");
        assert!(violations.iter().all(|it| is_note(&it) || it["fails"] == true), "{violations:?}");
    }
    project.write(".architrave-baseline.json", "no baseline");
    for arguments in [&["deps"][..], &["diagram", "component"]] {
        let run = project.run(&[arguments, &["--format", "html"]].concat());
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
        assert_eq!(project.run(arguments).code, 0, "only the page shows what is new");
    }
}

#[test]
fn what_is_no_page_is_refused() {
    let project = hostile();
    project
        .write("a.md", "<!-- architrave:diagram component --format html -->\n<!-- /architrave:diagram -->\n");
    for arguments in [
        &["diagram", "deployment", "--format", "html"][..],
        &["deps", "--format", "html", "--package", "shop"],
        &["deps", "--format", "html", "--matrix"],
        &["deps", "--format", "html", "--from", "shop.api", "--to", "shop.store"],
        &["diagram", "--update", "a.md"],
        &["deps", "--output", "no/such/folder.txt"],
    ] {
        let run = project.run(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}: {}", run.err);
    }
}

#[test]
fn any_report_is_written_into_a_file_and_over_it() {
    let project = hostile();
    project.write("deps.txt", "old");
    assert_eq!(project.run(&["deps", "--output", "deps.txt"]).out, "");
    assert_eq!(project.read("deps.txt").unwrap(), project.run(&["deps"]).out);
}
