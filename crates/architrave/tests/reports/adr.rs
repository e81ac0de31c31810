//! `architrave adr`.

use crate::shell::{Project, Run};

#[track_caller]
fn adr(project: &Project, arguments: &[&str]) -> Run {
    let arguments: Vec<&str> = std::iter::once("adr").chain(arguments.iter().copied()).collect();
    let run = project.run(&arguments);
    assert_ne!(run.code, 2, "{arguments:?}: {}", run.err);
    run
}

/// The written record, with its path.
#[track_caller]
fn written(project: &Project, arguments: &[&str]) -> (String, String) {
    let run = adr(project, arguments);
    let path = run.out.lines().next().unwrap().to_owned();
    let text = project.read(&path).unwrap_or_else(|| panic!("{path} is written"));
    (path, text)
}

#[test]
fn the_first_record_is_madr() {
    let project = Project::shop();
    let (path, text) = written(&project, &["Use an outbox", "--date", "2026-08-07"]);
    assert_eq!(path, "docs/decisions/0001-use-an-outbox.md");
    assert_eq!(
        text,
        "---\nstatus: proposed\ndate: 2026-08-07\n---\n\n# Use an outbox\n\n\
         ## Context and Problem Statement\n\nTODO\n\n## Considered Options\n\n* TODO\n\n## Decision Outcome\n\nTODO\n\n\
         ### Consequences\n\nTODO\n\n### Confirmation\n\nTODO\n"
    );
    let again = project.run(&["adr", "Use an outbox!"]);
    assert_eq!(again.code, 2);
    assert!(again.err.contains("records `Use an outbox` already"), "{}", again.err);
}

#[test]
fn a_dry_run_writes_nothing() {
    let project = Project::shop();
    let run = adr(&project, &["Use an outbox", "--dry-run"]);
    assert!(
        run.out.starts_with("--- /dev/null\n+++ b/docs/decisions/0001-use-an-outbox.md\n"),
        "{}",
        run.out
    );
    assert_eq!(project.read("docs/decisions/0001-use-an-outbox.md"), None);
}

/// A project as adr-tools leaves it.
fn adr_tools() -> Project {
    let project = Project::shop();
    project.write(".adr-dir", "doc/arch\n");
    project.write(
        "doc/arch/0001-record-decisions.md",
        "# 1. Record decisions\n\nDate: 2026-01-01\n\n## Status\n\nAccepted\n\n## Context\n\nWe forget.\n\n\
         ## Decision\n\nWe record.\n\n## Consequences\n\nWe remember.\n",
    );
    project
}

#[test]
fn adr_tools_links_both_ways() {
    let project = adr_tools();
    let (path, text) = written(&project, &["Forget again", "--supersedes", "1", "--date", "2026-08-07"]);
    assert_eq!(path, "doc/arch/0002-forget-again.md");
    assert_eq!(
        text,
        "# 2. Forget again\n\nDate: 2026-08-07\n\n## Status\n\nProposed\n\n\
         Supersedes [1. Record decisions](0001-record-decisions.md)\n\n## Context\n\nTODO\n\n## Decision\n\nTODO\n\n\
         ## Consequences\n\nTODO\n"
    );
    let replaced = project.read("doc/arch/0001-record-decisions.md").unwrap();
    let status = "## Status\n\nSuperseded by [2. Forget again](0002-forget-again.md)\n\n## Context";
    assert!(replaced.contains(status), "{replaced}");
    assert_eq!(adr(&project, &["list", "--check"]).code, 0);
}

#[test]
fn log4brains_has_dates() {
    let project = Project::shop();
    project.write(".log4brains.yml", "project:\n  name: Shop\n  tz: Europe/Paris\n  adrFolder: ./docs/log\n");
    project.write("docs/log/template.md", "# [short title]\n\n- Status: draft\n");
    let arguments = ["Use an outbox", "--date", "2026-08-07"];
    let (path, text) = written(&project, &arguments);
    assert_eq!(path, "docs/log/20260807-use-an-outbox.md");
    assert!(
        text.starts_with("# Use an outbox\n\n- Status: draft\n- Date: 2026-08-07\n- Tags:\n\n## Context"),
        "{text}"
    );
    adr(&project, &["accept", "20260807-use"]);
    adr(&project, &["supersede", "20260807-use", "Use Kafka"]);
    let replaced = project.read(&path).unwrap();
    assert!(replaced.contains("- Status: superseded by ["), "{replaced}");
    let list = adr(&project, &["list", "--output-format", "json"]).json();
    let newer = list["records"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(list["records"][0]["superseded_by"], newer["path"]);
    let newer = project.read(newer["path"].as_str().unwrap()).unwrap();
    assert!(
        newer.contains("## Links\n\n- Supersedes [20260807-use-an-outbox](20260807-use-an-outbox.md)\n"),
        "{newer}"
    );
    assert_eq!(adr(&project, &["list", "--check"]).code, 0);
}

#[test]
fn the_newest_record_is_the_template() {
    let project = Project::shop();
    project.write("docs/adr/ADR-009-Old.md", "# Old\n\n## Status\n\naccepted\n");
    project.write(
        "docs/adr/ADR-010-Keep_It.md",
        "# ADR-010: Keep it\n\n**Status:** Accepted (#12)\n**Date:** 2026-01-01\n**Deciders:** Ada\n\nWords.\n\n\
         ## Problem\n\nx\n\n## Options\n\n### One\n\n## Our decision\n\n```sh\n# no heading\n```\n\n## Signed by\n\nAda\n",
    );
    let (path, text) = written(&project, &["Use HTTP/2", "--date", "2026-08-07"]);
    assert_eq!(path, "docs/adr/ADR-011-Use_HTTP_2.md");
    assert_eq!(
        text,
        "# ADR-011: Use HTTP/2\n\n**Status:** Proposed\n**Date:** 2026-08-07\n**Deciders:**\n\n## Problem\n\nTODO\n\n\
         ## Options\n\n* TODO\n\n## Our decision\n\nTODO\n\n## Signed by\n\nTODO\n"
    );
}

/// Two branches that both used 0002; `feature` is checked out.
fn two_branches() -> Project {
    let project = adr_tools();
    project.git(&["init", "-q"]);
    project.git(&["add", "-A"]);
    project.git(&["commit", "-qm", "one"]);
    project.git(&["checkout", "-qb", "feature"]);
    adr(&project, &["Use an outbox", "--date", "2026-08-07"]);
    project.write("shop/outbox.py", "# See ADR-0002.\nX = 1\n");
    project.write("doc/notes.md", "[why](arch/0002-use-an-outbox.md), ADR-0002\n");
    project.git(&["add", "-A"]);
    project.git(&["commit", "-qm", "two"]);
    project.git(&["checkout", "-q", "main"]);
    project
}

#[test]
fn numbers_are_taken_over_all_branches() {
    let project = two_branches();
    let run = adr(&project, &["Use Kafka"]);
    assert_eq!(run.out, "doc/arch/0003-use-kafka.md\n");
    assert!(run.err.contains("0002 is taken by 0002-use-an-outbox.md on branch feature"), "{}", run.err);
}

#[test]
fn after_a_merge_the_younger_of_two_is_renumbered() {
    let project = two_branches();
    project
        .write("doc/arch/0002-use-kafka.md", "# 2. Use Kafka\n\nDate: 2026-09-01\n\n## Status\n\nAccepted\n");
    project.write("shop/kafka.py", "# As ADR-0002 says.\nX = 1\n");
    project.git(&["add", "-A"]);
    project.git(&["commit", "-qm", "three"]);
    project.git(&["checkout", "-q", "feature"]);
    project.git(&["merge", "-q", "--no-edit", "main"]);
    let run = adr(&project, &["list", "--check"]);
    assert_eq!(run.code, 1);
    assert!(
        run.out.contains("doc/arch/0002-use-kafka.md:1 ADR-0002 is the number of 0002-use-an-outbox.md too"),
        "{}",
        run.out
    );

    let run = adr(&project, &["renumber"]);
    assert!(
        run.err.contains("0002-use-an-outbox.md -> 0003-use-an-outbox.md"),
        "main keeps its own: {}",
        run.err
    );
    let moved = project.read("doc/arch/0003-use-an-outbox.md").unwrap();
    assert!(moved.starts_with("# 3. Use an outbox\n"), "{moved}");
    assert_eq!(project.read("doc/arch/0002-use-an-outbox.md"), None);
    assert_eq!(project.read("doc/notes.md").unwrap(), "[why](arch/0003-use-an-outbox.md), ADR-0003\n");
    assert_eq!(project.read("shop/outbox.py").unwrap(), "# See ADR-0003.\nX = 1\n");
    assert_eq!(project.read("shop/kafka.py").unwrap(), "# As ADR-0002 says.\nX = 1\n", "main has that line");
    // Until the rename is committed, the branch still has the old name.
    assert_eq!(adr(&project, &["list", "--check"]).out, "nothing is wrong with 3 records in doc/arch\n");
}

/// No program of the repository is run: opening an untrusted project must be safe.
#[cfg(unix)]
#[test]
fn reading_branches_runs_nothing() {
    use std::os::unix::fs::PermissionsExt as _;

    let project = two_branches();
    let script = "#!/bin/sh\ntouch \"$(dirname \"$0\")/../../ran\"\n";
    for name in ["fsmonitor", "post-checkout", "reference-transaction", "gpg"] {
        let path = format!(".git/hooks/{name}");
        project.write(&path, script);
        std::fs::set_permissions(project.path().join(&path), std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let here = project.path().join(".git/hooks");
    for (key, hook) in [("core.fsmonitor", "fsmonitor"), ("gpg.program", "gpg"), ("core.pager", "gpg")] {
        project.git(&["config", key, here.join(hook).to_str().unwrap()]);
    }
    project.git(&["config", "log.showSignature", "true"]);
    adr(&project, &["Use Kafka"]);
    adr(&project, &["renumber"]);
    assert_eq!(project.read("ran"), None);
    project.git(&["status"]);
    assert!(project.read("ran").is_some(), "the file system monitor would run");
}

#[test]
fn statuses_follow_each_other() {
    let project = Project::shop();
    adr(&project, &["Use an outbox"]);
    let refused = project.run(&["adr", "deprecate", "1"]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("is `proposed`; a record that is accepted becomes deprecated"),
        "{}",
        refused.err
    );
    adr(&project, &["accept", "ADR-0001"]);
    assert_eq!(adr(&project, &["accept", "1"]).out, "", "it is accepted already");
    let (path, text) =
        ("docs/decisions/0002-use-kafka.md", written(&project, &["Use Kafka", "--supersedes", "1"]).1);
    assert!(
        text.ends_with(
            "## More Information\n\n- Supersedes [ADR-0001: Use an outbox](0001-use-an-outbox.md)\n"
        ),
        "{text}"
    );
    let replaced = project.read("docs/decisions/0001-use-an-outbox.md").unwrap();
    assert!(replaced.contains("status: superseded by ADR-0002\n"), "{replaced}");
    let run = adr(&project, &["supersede", "1", "--by", path, "--dry-run"]);
    assert_eq!(run.out, "", "both links are there");
}

#[test]
fn one_sided_and_broken_links_are_reported() {
    let project = adr_tools();
    let status = |text: &str| format!("# 2. B\n\n## Status\n\n{text}\n");
    project.write("doc/arch/0002-b.md", &status("On hold, see ADR-0009 and [x](0008-x.md)"));
    project.write(
        "doc/arch/0003-c.md",
        "# 3. C\n\n## Status\n\nAccepted\n\nSupersedes [1](0001-record-decisions.md)\n",
    );
    project.write("doc/arch/0004-d.md", "# 4. D\n\n## Status\n\nSuperseded by [3](0003-c.md)\n");
    project.write("doc/arch/0005-e.md", "# 5. E\n\n## Status\n\nSuperseded\n");
    let run = adr(&project, &["list", "--check"]);
    assert_eq!(run.code, 1);
    let wanted = [
        "doc/arch/0002-b.md:5 `On hold, see ADR-0009 and [x](0008-x.md)` is no status; known are draft, proposed, accepted, rejected, deprecated, superseded",
        "doc/arch/0002-b.md:5 the link to 0008-x.md leads nowhere",
        "doc/arch/0002-b.md:5 there is no record ADR-0009",
        "doc/arch/0003-c.md:1 0003-c.md takes the place of ADR-0004 and doesn't say so",
        "doc/arch/0003-c.md:7 it supersedes 0001-record-decisions.md, whose status doesn't say so; `architrave adr supersede` writes both links",
        "doc/arch/0005-e.md:5 it is superseded, and no record is named that takes its place; `architrave adr supersede` writes both links",
        "6 problems in doc/arch, which holds 5 records",
    ];
    assert_eq!(run.out.lines().collect::<Vec<_>>(), wanted);
}

#[test]
fn code_and_records_are_held_to_each_other() {
    let project = adr_tools();
    adr(&project, &["Use an outbox", "--supersedes", "1"]);
    project.write(
        "architrave.toml",
        "# By ADR-0007.\n[[contracts]]\nname = \"Pure, by ADR-0001\"\ntype = \"forbidden\"\n\
         source-modules = [\"shop.prices\"]\nforbidden-modules = [\"shop.orders\"]\n",
    );
    project.write(
        "shop/orders.py",
        "def total(order):\n    from shop.prices import price  # architrave: ignore[hidden-import] ADR-0001: cheap\n\n    return price(order)\n",
    );
    let of_2 = project.read("doc/arch/0002-use-an-outbox.md").unwrap();
    let guards =
        "Rule `hidden-import`, rule `hiden-import`, contract `Pure, by ADR-0001`, contract `impure`.";
    project.write(
        "doc/arch/0002-use-an-outbox.md",
        &of_2.replacen("TODO", &format!("See rule `hidden-import`. {guards}").replace("Rule", "rule"), 1),
    );
    let run = adr(&project, &["list", "--check"]);
    let lines: Vec<&str> = run.out.lines().collect();
    let wanted = [
        "architrave.toml:1 there is no record ADR-0007",
        "architrave.toml:3 ADR-0001 is superseded by ADR-0002",
        "doc/arch/0002-use-an-outbox.md:13 there is no contract `impure`",
        "doc/arch/0002-use-an-outbox.md:13 there is no rule `hiden-import`",
        "shop/orders.py:2 ADR-0001 is superseded by ADR-0002",
        "5 problems in doc/arch, which holds 2 records",
    ];
    assert_eq!(lines, wanted, "{}", run.err);
}

#[test]
fn a_finding_fills_what_is_known() {
    let project = Project::shop();
    let found = project.run(&["check", "--output-format", "json"]).json();
    let finding = &found["findings"][0];
    let fingerprint = finding["fingerprint"].as_str().unwrap();
    let (path, text) = written(&project, &["Import late", "--from-finding", &fingerprint[..8]]);
    let place = format!("in `{}:{}`:\n\n> ", finding["path"].as_str().unwrap(), finding["line"]);
    assert!(text.contains(&place), "{text}");
    let context = text.split("## Considered Options\n\n").next().unwrap();
    assert!(!context.contains("TODO"), "{context}");
    assert!(
        text.contains(&format!("holds the code to rule `hidden-import`: finding `{fingerprint}` is gone")),
        "{text}"
    );
    assert!(text.contains("## Decision Outcome\n\nTODO\n"), "nobody has decided: {text}");
    assert_eq!(adr(&project, &["list", "--check"]).err, "");
    project.write("shop/orders.py", "X = 1\n");
    let run = adr(&project, &["list", "--check"]);
    let name = path.rsplit('/').next().unwrap();
    assert_eq!(run.err, format!("architrave: {name}: finding `{fingerprint}`, which it rests on, is gone\n"));
    let unknown = project.run(&["adr", "X", "--from-finding", "nothing"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("no finding has the fingerprint `nothing`"), "{}", unknown.err);
}

#[test]
fn a_diff_fills_what_has_changed() {
    let project = Project::shop();
    let late = "def f():\n    from shop.prices import price\n\n    return price\n";
    project.write("shop/cured.py", late);
    project.git(&["init", "-q"]);
    project.git(&["add", "-A"]);
    project.git(&["commit", "-qm", "one"]);
    project.write("shop/cured.py", "from shop.prices import price\n\nP = price\n");
    project.write("shop/late.py", "def f():\n    from shop.prices import price\n\n    return price\n");
    let (_, text) = written(&project, &["Import late", "--from-diff", "HEAD"]);
    assert!(text.contains("Changed since `HEAD`, by layer:\n\n* "), "{text}");
    assert!(text.contains("`shop/late.py`"), "{text}");
    let (gone, new) = text.split_once("\nNew:\n").unwrap();
    assert!(gone.contains("\nGone:\n\n* `shop/cured.py:2`: "), "{text}");
    assert!(new.contains("* `shop/late.py:2`: ") && !new.contains("cured"), "{text}");
    assert!(text.contains("TODO: keep what guards the decision."), "{text}");
    assert!(text.contains("rule `hidden-import`"), "{text}");
}

#[test]
fn an_index_between_markers_follows() {
    let project = adr_tools();
    project.write("doc/arch/README.md", "# Decisions\n\n<!-- adrlog --><!-- adrlogstop -->\n\nEnd\n");
    assert_eq!(adr(&project, &["index", "--check"]).code, 1);
    let run = adr(&project, &["Use an outbox"]);
    assert_eq!(run.out, "doc/arch/0002-use-an-outbox.md\ndoc/arch/README.md\n");
    assert_eq!(
        project.read("doc/arch/README.md").unwrap(),
        "# Decisions\n\n<!-- adrlog -->\n\n* [ADR-0001](0001-record-decisions.md) - Record decisions\n\
         * [ADR-0002](0002-use-an-outbox.md) - Use an outbox (proposed)\n\n<!-- adrlogstop -->\n\nEnd\n"
    );
    assert_eq!(adr(&project, &["index", "--check"]).code, 0);
    adr(&project, &["accept", "2"]);
    assert!(project.read("doc/arch/README.md").unwrap().contains("- Use an outbox\n"));
}

#[test]
fn a_number_that_another_branch_has_added_is_reported_and_one_that_it_always_had_is_not() {
    let project = two_branches();
    project.write("doc/arch/0002-use-kafka.md", "# 2. Use Kafka\n\n## Status\n\nAccepted\n");
    let run = adr(&project, &["list", "--check"]);
    let wanted = "doc/arch/0002-use-kafka.md:1 ADR-0002 is the number of 0002-use-an-outbox.md on branch feature too\n";
    assert!(run.out.starts_with(wanted), "{}", run.out);
    project.remove("doc/arch/0002-use-kafka.md");
    // Renamed since `feature` branched off.
    let text = project.read("doc/arch/0001-record-decisions.md").unwrap();
    project.remove("doc/arch/0001-record-decisions.md");
    project.write("doc/arch/0001-record-all-decisions.md", &text);
    assert_eq!(adr(&project, &["list", "--check"]).out, "nothing is wrong with 1 record in doc/arch\n");
}
