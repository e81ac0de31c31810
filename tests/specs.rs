//! Checks the pages of rules: analyzes their examples, and compares the findings with the expected ones.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rules::ALL;
use tests::{Case, Section, TestProject, blessed, cases, judge, sections};
use view::{Finding, Rule};

const HEADINGS: [&str; 7] =
    ["What it reports", "Why", "Example", "Instead", "Options", "Limits", "Edge cases"];

fn pages() -> impl Iterator<Item = (&'static Rule, Vec<Case>)> {
    ALL.iter().copied().map(|rule| {
        let cases = cases(&sections(rule.docs)).unwrap_or_else(|error| panic!("{}.md: {error}", rule.id));
        (rule, cases)
    })
}

/// Rewrites the blocks of all pages, each in the crate where its page is.
fn bless() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let mut pages = BTreeMap::new();
    find_pages(&crates, &mut pages);
    for rule in ALL {
        let (path, page) = &pages[rule.id];
        let blessed = blessed(page).unwrap_or_else(|error| panic!("{}.md: {error}", rule.id));
        if blessed != *page {
            fs::write(path, blessed).expect("the page can be written");
            #[allow(clippy::print_stdout)]
            {
                println!("{}", path.display());
            }
        }
    }
}

/// Collects all pages below a folder: path and text, by the rule in their title.
fn find_pages(folder: &Path, pages: &mut BTreeMap<String, (PathBuf, String)>) {
    for entry in fs::read_dir(folder).expect("a folder of the crates can be listed") {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            find_pages(&path, pages);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let page = fs::read_to_string(&path).expect("a page is text");
            let title = page.lines().next().and_then(|line| line.strip_prefix("# ")).map(str::to_owned);
            if let Some(title) = title {
                pages.insert(title, (path, page));
            }
        }
    }
}

fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} wrong:\n\n{}\n", wrong.len(), wrong.join("\n"));
}

/// With `UPDATE_PAGES=1`, this writes the current findings into the pages instead of checking them. Review the diff.
#[test]
fn every_example_is_judged_as_its_page_promises() {
    if std::env::var_os("UPDATE_PAGES").is_some() {
        bless();
        return;
    }
    let mut wrong = Vec::new();
    for (rule, cases) in pages() {
        for case in cases {
            let place = format!("{}.md:{} ({})", rule.id, case.line, case.name);
            wrong.extend(judge(&case).into_iter().map(|error| format!("{place}\n    {error}")));
        }
    }
    assert_none(&wrong);
}

/// Libraries have pages too, next to their files.
#[test]
fn every_example_of_a_library_is_judged_as_its_page_promises() {
    let mut pages = BTreeMap::new();
    find_pages(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/libraries"), &mut pages);
    let mut wrong = Vec::new();
    for (page, text) in pages.values() {
        if std::env::var_os("UPDATE_PAGES").is_some() {
            let blessed = blessed(text).unwrap_or_else(|error| panic!("{}: {error}", page.display()));
            fs::write(page, blessed).expect("the page can be written");
            continue;
        }
        let cases = cases(&sections(text)).unwrap_or_else(|error| panic!("{}: {error}", page.display()));
        for case in cases {
            let place = format!("{}:{} ({})", page.display(), case.line, case.name);
            wrong.extend(judge(&case).into_iter().map(|error| format!("{place}\n    {error}")));
        }
    }
    assert_none(&wrong);
}

#[test]
fn every_fix_keeps_the_line_endings_of_its_file() {
    let mut wrong = Vec::new();
    for (rule, cases) in pages() {
        for mut case in cases.into_iter().filter(|case| !case.after_fix.is_empty()) {
            for file in case.files.iter_mut().chain(&mut case.after_fix) {
                file.text = file.text.replace('\n', "\r\n");
            }
            let place = format!("{}.md:{} ({})", rule.id, case.line, case.name);
            wrong.extend(judge(&case).into_iter().map(|error| format!("{place}\n    {error:?}")));
        }
    }
    assert_none(&wrong);
}

/// Rules whose finding may remain after a fix, and why.
const REMAINS: &[(&str, &str)] = &[];

#[test]
fn every_fix_of_every_finding_leaves_code_without_the_finding() {
    let mut wrong = Vec::new();
    let mut applied = 0;
    for (rule, cases) in pages() {
        for case in cases {
            let before: BTreeMap<&str, &str> =
                case.files.iter().map(|file| (file.path.as_str(), file.text.as_str())).collect();
            let project = TestProject::new(before.clone());
            let found = project.findings();
            for (path, finding) in &found {
                for fix in &finding.fixes {
                    let place = format!("{}.md:{} ({path}): {:?}", rule.id, case.line, fix.title);
                    let Some(texts) = project.fixed(path, fix) else {
                        wrong.push(format!("{place} doesn't fit"));
                        continue;
                    };
                    applied += 1;
                    let mut after = before.clone();
                    for (path, text) in &texts {
                        let was_whole = before.get(path.as_str()).is_none_or(|text| is_whole(text));
                        let is_python = Path::new(path).extension().is_some_and(|it| it == "py");
                        if is_python && was_whole && !is_whole(text) {
                            wrong.push(format!("{place} leaves {path} broken:\n{text}"));
                        }
                        if before.get(path.as_str()) == Some(&text.as_str()) {
                            wrong.push(format!("{place} edits {path} and changes nothing"));
                        }
                        after.insert(path, text);
                    }
                    let left = TestProject::new(after).findings();
                    let is_same =
                        |other: &&(String, Finding)| other.1.rule == finding.rule && other.0 == *path;
                    let is_fewer = left.iter().filter(is_same).count() < found.iter().filter(is_same).count();
                    // If a finding names several things, a fix may resolve only some of them: then the message names
                    // fewer and nothing new.
                    let is_gone = left.iter().all(|(_, other)| {
                        other.fingerprint != finding.fingerprint
                            || says_less(&other.message, &finding.message)
                    });
                    let may_remain = REMAINS.iter().any(|(id, _)| *id == finding.rule);
                    if !is_gone && !is_fewer && !may_remain {
                        wrong.push(format!("{place} leaves \"{}\"", finding.message));
                    }
                }
            }
        }
    }
    assert!(applied > 100, "{applied} fixes were applied");
    assert_none(&wrong);
}

/// Whether a message names a proper subset of what another one named.
fn says_less(after: &str, before: &str) -> bool {
    let named = |message: &str| -> BTreeSet<String> {
        message.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    };
    let (after, before) = (named(after), named(before));
    after.len() < before.len() && after.is_subset(&before)
}

#[test]
fn who_only_changes_words_says_no_less() {
    let before = "N+1: `order.customer` and `order.items` are lazy-loaded for every `order`";
    assert!(says_less("N+1: `order.items` is lazy-loaded for every `order`", before));
    assert!(!says_less(before, before));
    assert!(!says_less(
        "N+1: `order.customer` and `order.items` are lazy-loaded here for every `order`",
        before
    ));
    assert!(!says_less("N+1: `order.lines` is lazy-loaded for every `order`", before));
}

fn is_whole(text: &str) -> bool {
    python::parse(text).is_whole()
}

#[test]
fn every_page_shows_a_flagged_example_and_a_clean_one() {
    let mut wrong = Vec::new();
    for (rule, cases) in pages() {
        let flags = |case: &Case| case.expectations().any(|(_, expected)| expected.rule == rule.id);
        if !cases.iter().any(|case| case.part == "Example" && flags(case)) {
            wrong.push(format!("{}.md: no example is flagged", rule.id));
        }
        if !cases.iter().any(|case| case.part == "Instead") {
            wrong.push(format!("{}.md: nothing is shown instead", rule.id));
        }
        // Hints describe an ideal that isn't required to satisfy a rule.
        let is_flagged = |case: &&Case| {
            let shown = case.found.as_ref().map_or("", |found| found.text.as_str());
            flags(case) || ["[info]", "[warning]", "[error]"].iter().any(|level| shown.contains(level))
        };
        for case in cases.iter().filter(|case| case.part == "Instead").filter(is_flagged) {
            wrong.push(format!("{}.md:{}: what is shown instead is flagged", rule.id, case.line));
        }
    }
    assert_none(&wrong);
}

/// `architrave rules` lists the rules with fixes, and the examples have to agree.
#[test]
fn rules_with_fixes_are_listed_as_such() {
    let mut wrong = Vec::new();
    for (rule, cases) in pages() {
        let shown = cases.iter().any(|case| {
            let files = case.files.iter().map(|file| (file.path.as_str(), file.text.as_str()));
            let project = TestProject::new(files);
            project.findings().iter().any(|(_, finding)| finding.rule == rule.id && !finding.fixes.is_empty())
        });
        if shown != rule.has_fix {
            wrong.push(format!(
                "{}.rs: `has_fix` is wrong, {} fix is shown",
                rule.id,
                if shown { "a" } else { "no" }
            ));
        }
    }
    assert_none(&wrong);
}

#[test]
fn every_page_has_the_headings_in_order() {
    let mut wrong = Vec::new();
    for rule in ALL {
        let sections = sections(rule.docs);
        let found: Vec<&str> =
            sections.iter().filter(|section| section.headings.len() == 2).map(Section::part).collect();
        if found != HEADINGS && found != HEADINGS[..6] {
            wrong.push(format!("{}.md: headings are {found:?}", rule.id));
        }
        let title = sections.get(1).and_then(|section| section.headings.first());
        if title.map(String::as_str) != Some(rule.id) {
            wrong.push(format!("{}.md: the title is not the rule's id", rule.id));
        }
    }
    assert_none(&wrong);
}

#[test]
fn every_option_is_documented_with_its_default() {
    let mut wrong = Vec::new();
    for rule in ALL {
        let page = rule.docs.split("\n## Options").nth(1).unwrap_or_default();
        let options = page.split("\n## ").next().unwrap_or_default();
        for option in rule.options {
            let (name, default) = (option.name, option.default_toml());
            let entry = options.split(&format!("\n- `{name}`")).nth(1).unwrap_or_default();
            let entry = entry.split("\n- `").next().unwrap_or_default();
            let says_none = default == "[]" && entry.contains("Default: none");
            if !entry.contains(&format!("`{default}`")) && !says_none {
                wrong
                    .push(format!("{}.md: wants an entry \"- `{name}`: …. Default: `{default}`.\"", rule.id));
            }
        }
        let listed = options.lines().filter(|line| line.starts_with("- `")).count();
        if listed != rule.options.len() {
            wrong.push(format!("{}.md: {listed} options listed, {} exist", rule.id, rule.options.len()));
        }
    }
    assert_none(&wrong);
}

/// A baseline keeps fingerprints for years, so none may depend on a line, not even through the text of a message.
#[test]
fn fingerprints_survive_lines_that_come_above() {
    let mut wrong = Vec::new();
    for (rule, cases) in pages() {
        for case in cases {
            let files = |above: &str| -> Vec<(String, String)> {
                let text = |file: &tests::CaseFile| {
                    // Configuration has no lines that findings could depend on.
                    let above = if file.path.ends_with("toml") { "" } else { above };
                    format!("{above}{}", file.text)
                };
                case.files.iter().map(|file| (file.path.clone(), text(file))).collect()
            };
            let fingerprints = |above: &str| {
                let files = files(above);
                let project =
                    TestProject::new(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
                let found = project.findings();
                let named = found.into_iter().map(|(path, it)| (path, it.rule, it.fingerprint.0));
                named.collect::<std::collections::BTreeSet<_>>()
            };
            let (before, after) = (fingerprints(""), fingerprints("# one\n\n# two\n"));
            for (path, of, _) in before.symmetric_difference(&after) {
                wrong.push(format!("{}.md:{}: {of} in {path} is named by its line", rule.id, case.line));
            }
        }
    }
    assert_none(&wrong);
}

/// An editor underlines the subject of a finding: one line, without the whitespace around it. Readers see it inside the
/// file, so the message doesn't begin with the file's own name.
#[test]
fn findings_are_marked_on_one_line_and_begin_with_what_is_wrong() {
    let mut wrong = Vec::new();
    for (rule, cases) in pages() {
        for case in cases {
            let files = case.files.iter().map(|file| (file.path.as_str(), file.text.as_str()));
            let project = TestProject::new(files);
            for (path, finding) in project.findings() {
                let text = case.files.iter().find(|file| file.path == path).map_or("", |file| &*file.text);
                let marked = &text[finding.span.start as usize..finding.span.end as usize];
                let place = format!("{}.md:{} ({path}): {}", rule.id, case.line, finding.rule);
                if marked.trim() != marked || marked.contains(['\n', '\r']) {
                    wrong.push(format!("{place} marks {marked:?}"));
                }
                let stem = path.trim_end_matches(".py").trim_end_matches("/__init__").replace('/', ".");
                let rest = finding.message.trim_start_matches('`').strip_prefix(&stem);
                if rest.is_some_and(|rest| !rest.starts_with('.')) {
                    wrong.push(format!("{place} begins with the file's own name: {}", finding.message));
                }
                if finding.message.is_empty() || finding.message.ends_with('.') {
                    wrong.push(format!("{place} is no phrase: {:?}", finding.message));
                }
            }
        }
    }
    assert_none(&wrong);
}
