//! The installed completions and manual pages equal the program's output. `UPDATE_EXPECT=1` writes them.

use std::path::Path;
use std::process::Command;

use expect_test::expect_file;

/// The commands with a manual page of their own.
const COMMANDS: [&str; 20] = [
    "check",
    "baseline",
    "layers",
    "routes",
    "deps",
    "modernize",
    "diagram",
    "review",
    "rules",
    "refactor",
    "design",
    "adr",
    "explain",
    "init",
    "context",
    "tool",
    "mcp",
    "hook",
    "server",
    "cache",
];

fn printed(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_architrave"))
        .env("ARCHITRAVE_NO_CACHE", "1")
        .args(arguments)
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it prints UTF-8")
}

/// Compares the output with the installed file at `path`, below the environment's `share`.
fn holds(path: &str, arguments: &[&str]) {
    let share = Path::new(env!("CARGO_MANIFEST_DIR")).join("architrave.data/data/share");
    expect_file![share.join(path)].assert_eq(&printed(arguments));
}

#[test]
fn completions_are_in_step() {
    holds("bash-completion/completions/architrave", &["completions", "bash"]);
    holds("zsh/site-functions/_architrave", &["completions", "zsh"]);
    holds("fish/vendor_completions.d/architrave.fish", &["completions", "fish"]);
}

#[test]
fn completions_know_rules_and_presets() {
    let script = printed(&["completions", "zsh"]);
    for name in
        rules::ALL.iter().map(|rule| rule.id).chain(view::Preset::ALL.iter().map(|preset| preset.name))
    {
        assert!(script.contains(name), "{name}");
    }
}

/// The refactorings, each with a page that the one of `refactor` names.
const REFACTORINGS: [&str; 4] = ["extract-protocol", "depend-on-port", "implement-members", "move"];

#[test]
fn manual_pages_are_in_step() {
    holds("man/man1/architrave.1", &["man"]);
    for command in COMMANDS {
        holds(&format!("man/man1/architrave-{command}.1"), &["man", command]);
    }
    for refactoring in REFACTORINGS {
        let page = format!("man/man1/architrave-refactor-{refactoring}.1");
        holds(&page, &["man", "refactor", refactoring]);
    }
    for command in ["clean", "path"] {
        holds(&format!("man/man1/architrave-cache-{command}.1"), &["man", "cache", command]);
    }
}

#[test]
fn every_command_has_a_page() {
    let help = printed(&["man"]);
    let listed = help.lines().filter_map(|line| line.strip_prefix("architrave\\-")?.split('(').next());
    let listed: Vec<&str> = listed.filter(|name| !["completions", "man", "help"].contains(name)).collect();
    assert_eq!(listed, COMMANDS, "{help}");
}

#[test]
fn an_unknown_command_has_none() {
    let output = Command::new(env!("CARGO_BIN_EXE_architrave"))
        .env("ARCHITRAVE_NO_CACHE", "1")
        .args(["man", "chekc"])
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no command `chekc`"));
}
