//! The README matches the program: its configuration is valid, and its tables list what exists.

use std::fs;
use std::path::Path;

use camino::Utf8Path;

fn readme() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the member lies in the workspace")
        .join("README.md");
    fs::read_to_string(path).expect("there is a README")
}

/// The first fenced block whose info line is `info`.
fn block(info: &str) -> String {
    let text = readme();
    let start = text.find(&format!("```{info}\n")).expect("the block is there") + info.len() + 4;
    let end = text[start..].find("\n```").expect("the block ends") + start + 1;
    text[start..end].to_owned()
}

#[test]
fn the_configuration_is_valid() {
    let config::Parsed { config, mut problems, .. } =
        config::parse(Utf8Path::new("/shop/architrave.toml"), &block("toml architrave.toml"));
    let config = config.expect("it declares something");
    problems.extend(rules::validate(&config));
    assert!(problems.is_empty(), "{problems:#?}");
    assert_eq!(config.contracts.len(), 2);
    assert!(!config.layers.is_empty() && !config.overrides.is_empty() && config.require_reasons);
}

/// The sample findings in the README are actual findings of the sample backends.
#[test]
fn the_samples_are_what_the_program_says() {
    holds("console sample", "projects/parcels", 3);
    holds("console queries", "projects/orders-sqlalchemy", 1);
}

/// Compares each place that a block names, including related ones, with the code at that place.
fn holds(info: &str, project: &str, at_least: usize) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(project);
    let sample = block(info);
    let place = |line: &'_ str| {
        let line = line.trim();
        line.strip_prefix("--> ").or_else(|| line.strip_prefix("::: ")).map(str::to_owned)
    };
    let places: Vec<String> = sample.lines().filter_map(place).collect();
    assert!(places.len() >= at_least, "{places:?}");
    for place in places {
        let (path, rest) = place.split_once(':').expect("path:line:column");
        let line: usize = rest.split(':').next().and_then(|line| line.parse().ok()).expect("a line");
        let source = fs::read_to_string(root.join(path)).expect("the file is in the sample backend");
        let code = source.lines().nth(line - 1).expect("the line exists");
        assert!(
            sample.contains(&format!("{line} | {code}")) || sample.contains(&format!("{line:2} | {code}")),
            "{place}: {code}"
        );
    }
}
