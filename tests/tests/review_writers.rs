//! Checks the three forms of a review on a project whose names are hostile to Markdown, HTML and JSON.

use report::deployment::File;
use review::{Evidence, Review};
use tests::TestProject;

const FILES: &[(&str, &str)] = &[
    (
        "shop/a_b*c|d/main.py",
        "import requests\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get('/<b>x</b>|`/{order_id}')\n\
         def read(id: int) -> int:\n    print('x')\n    requests.get('https://x.example')\n    return id\n",
    ),
    ("shop/settings.py", "import os\n\nKEY = os.environ['<KEY>']\n"),
];

const BESIDE: &[(&str, &str)] = &[
    (
        "deploy/<script>alert(1)</script>.yaml",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: \"a<img src=x>|b\"\nspec:\n  replicas: 3\n  template:\n    \
         spec:\n      containers:\n        - name: a\n          image: shop\n          env:\n            - name: DB_PASSWORD\n              \
         value: tR7-pelican-9\n",
    ),
    ("Dockerfile", "FROM python\nCOPY . .\nCMD [\"uvicorn\", \"shop.main:app\"]\n"),
];

fn reviewed() -> Review {
    let project = TestProject::new(FILES.iter().copied());
    let snapshot = project.snapshot();
    let of = *snapshot.projects().first().expect("it is a project");
    let files = BESIDE.iter().map(|(path, text)| File { path: (*path).to_owned(), text: (*text).to_owned() });
    review::review(&Evidence::collect(&snapshot, of, files.collect()))
}

#[test]
fn no_writer_shows_a_secret() {
    let review = reviewed();
    let json = serde_json::to_string(&review).expect("it is written");
    for text in [review::markdown(&review), review::html(&review), json] {
        assert!(text.contains("DB_PASSWORD") && !text.contains("pelican"));
    }
}

#[test]
fn rows_of_markdown_have_as_many_cells_as_their_heads() {
    let text = review::markdown(&reviewed());
    let cells = |line: &str| line.replace("\\|", "").matches('|').count();
    let mut head: Option<usize> = None;
    let mut is_code = false;
    for line in text.lines() {
        let plain = line.trim_start();
        if plain.starts_with("```") {
            is_code = !is_code;
            continue;
        }
        match head {
            _ if is_code => {}
            Some(count) if plain.starts_with('|') => assert_eq!(cells(line), count, "{line}"),
            None if plain.starts_with('|') => head = Some(cells(line)),
            _ => head = None,
        }
    }
    assert!(!is_code, "a fence is open");
}

#[test]
fn the_page_is_whole_and_asks_nobody() {
    let page = review::html(&reviewed());
    assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("<b>"));
    for outside in ["src=\"", "http-equiv", "@import", "url(", "<link"] {
        assert!(!page.contains(outside), "{outside}");
    }
    let mut open: Vec<&str> = Vec::new();
    for part in page.split('<').skip(1) {
        let tag = part.split('>').next().unwrap_or_default();
        let name = tag.trim_start_matches('/').split_whitespace().next().unwrap_or_default();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "closed in another order");
        } else if !matches!(name, "!doctype" | "meta" | "br") {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    for link in page.split("href=\"#").skip(1).filter_map(|it| it.split('"').next()) {
        assert!(page.contains(&format!("id=\"{link}\"")), "{link} leads nowhere");
    }
}

#[test]
fn the_three_forms_hold_the_same_claims() {
    let review = reviewed();
    let (markdown, page) = (review::markdown(&review), review::html(&review));
    let json: serde_json::Value =
        serde_json::from_str(&serde_json::to_string(&review).expect("it is written")).expect("it is read");
    assert_eq!(json["schema"], review::SCHEMA);
    let count = review.concerns().count();
    assert!(count > 2);
    assert_eq!(page.matches("<section class=\"claim").count(), count);
    assert_eq!(markdown.lines().filter(|it| it.starts_with("- **")).count(), count);
    let areas = json["areas"].as_array().expect("there are areas");
    let in_json: usize = areas.iter().filter_map(|it| it["concerns"].as_array()).map(Vec::len).sum();
    assert_eq!(in_json, count);
}
