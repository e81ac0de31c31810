//! Knowledge of libraries belongs in the crate `libraries`: library names elsewhere are exceptions.

use std::fs;
use std::path::{Path, PathBuf};

/// Where library names may be written outside the crate: the maximum number, and why. Numbers only go down.
const EXCEPTIONS: &[(&str, usize, &str)] = &[
    ("config/", 3, "sections that tools of formatting name after libraries"),
    ("flow/", 84, "how values of one library behave is code: sessions, statements, querysets, serializers"),
    ("model/src/layers/", 3, "folders that projects name after libraries"),
    ("model/src/orm/", 21, "how classes and calls of one library map tables is code"),
    ("model/src/routes", 20, "how one framework registers routes is code"),
    ("model/", 16, "how one library asks for what it is given is code"),
    ("python/", 1, "a way to import by text"),
    ("refactor/", 70, "edits write code of one library, as handlers of errors for each framework"),
    ("review/", 36, "contradictions between configuration and one library, by the names of its calls"),
    ("rules/", 57, "rules about one library, and names in what users read"),
    ("scaffold/", 1, "a word in names of modules that says nothing of their subject"),
    ("view/", 28, "how one library writes classes of data is code"),
];

/// Names that are also ordinary words in many projects and identify no library on their own.
const WORDS: &[&str] = &[
    "amqp",
    "arq",
    "attr",
    "attrs",
    "boto",
    "celery",
    "channels",
    "click",
    "cms",
    "consul",
    "databases",
    "docker",
    "elasticsearch",
    "emails",
    "environ",
    "environs",
    "factory",
    "fire",
    "git",
    "github",
    "gitlab",
    "google",
    "graphql",
    "grpc",
    "haystack",
    "huey",
    "inject",
    "injector",
    "jwt",
    "kafka",
    "ldap",
    "loguru",
    "markdown",
    "memcache",
    "nats",
    "openai",
    "packaging",
    "pony",
    "pusher",
    "redis",
    "requests",
    "rich",
    "rq",
    "schedule",
    "sentry",
    "slack",
    "solo",
    "storages",
    "stripe",
    "telegram",
    "transitions",
    "twilio",
    "waffle",
    "websocket",
    "websockets",
    "yaml",
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the crates can be listed").flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() {
            if name != "tests" && name != "target" && name != "benches" {
                sources(&path, found);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && name != "tests.rs"
            && name != "fixture.rs"
        {
            found.push(path);
        }
    }
}

/// String literals, without those in comments and unit tests.
fn literals(source: &str) -> impl Iterator<Item = &str> {
    let code = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| line.split('"').skip(1).step_by(2))
}

fn names_a_library(literal: &str) -> bool {
    let is_dotted = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    let first = literal.split('.').next().unwrap_or_default();
    !literal.is_empty()
        && literal.chars().all(is_dotted)
        && libraries::imports().contains(first)
        && (literal.contains('.') || !WORDS.contains(&first))
}

#[test]
fn names_of_libraries_stay_at_home() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let mut files = Vec::new();
    sources(&crates, &mut files);
    let mut counts = vec![0; EXCEPTIONS.len()];
    let mut wrong = Vec::new();
    for file in files {
        let path = file.strip_prefix(&crates).expect("it is below").to_string_lossy().replace('\\', "/");
        if path.starts_with("libraries/") {
            continue;
        }
        let text = fs::read_to_string(&file).expect("a source is text");
        for literal in literals(&text).filter(|literal| names_a_library(literal)) {
            match EXCEPTIONS.iter().position(|(start, ..)| path.starts_with(start)) {
                Some(index) => counts[index] += 1,
                None => wrong.push(format!("{path}: \"{literal}\"")),
            }
        }
    }
    for ((start, most, reason), count) in EXCEPTIONS.iter().zip(counts) {
        if count > *most {
            wrong.push(format!("{start} ({reason}): {count} names of libraries, of {most}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "put what is known of a library into its entry in crates/libraries: {wrong:#?}"
    );
}
