//! What rules find, told once a rule: how often, and where first.

use config::Level as RuleLevel;

use crate::claim::{Area, Claim, Kind, Level};
use crate::detection::Said;
use crate::evidence::{Evidence, Found};

/// The name that claims of rules have.
pub(crate) const ID: &str = "findings";

/// Places that are shown of one rule.
const SHOWN: usize = 5;

/// What each rule is about, and how much follows from it.
const RULES: &[(&str, Area, Level)] = &[
    ("layer-violation", Area::Architecture, Level::Medium),
    ("framework-in-domain", Area::Architecture, Level::Medium),
    ("forbidden-import", Area::Architecture, Level::Medium),
    ("circular-import", Area::Architecture, Level::Medium),
    ("sibling-service-import", Area::Architecture, Level::Low),
    ("orm-leak", Area::State, Level::Medium),
    ("http-outside-presentation", Area::Resilience, Level::Low),
    ("n-plus-one", Area::Database, Level::Medium),
    ("n-plus-one-serialization", Area::Database, Level::Medium),
    ("lazy-load-in-async", Area::Database, Level::High),
    ("unbounded-query", Area::Database, Level::Medium),
    ("query-in-route", Area::Architecture, Level::Low),
    ("interpolated-sql", Area::Security, Level::High),
    ("unprotected-route", Area::Security, Level::Medium),
    ("blocking-call-in-async", Area::Performance, Level::High),
    ("sequential-awaits", Area::Performance, Level::Low),
    ("shared-mutable-state", Area::State, Level::Medium),
    ("god-object", Area::Organisation, Level::Low),
    ("fat-controller", Area::Organisation, Level::Low),
    ("junk-drawer", Area::Organisation, Level::Low),
    ("hidden-import", Area::Organisation, Level::Low),
    ("hidden-dependency", Area::Organisation, Level::Low),
    ("service-locator", Area::Organisation, Level::Low),
    ("environment-outside-config", Area::Organisation, Level::Low),
];

/// Adds a claim for each rule that finds something which no detection has told.
pub(crate) fn add(evidence: &Evidence, said: &mut Said) {
    let told: Vec<_> = said.claims.iter().flat_map(|it| it.places.clone()).collect();
    let is_told = |found: &Found| {
        found.rule == "shared-mutable-state"
            && told.iter().any(|it| it.path == found.place.path && it.line == found.place.line)
    };
    for (rule, area, level) in RULES {
        let loud = |it: &&Found| matches!(it.level, RuleLevel::Error | RuleLevel::Warning);
        let of_rule = evidence.findings.iter().filter(|it| it.rule == *rule && !is_told(it)).filter(loud);
        let all: Vec<&Found> = of_rule.collect();
        let Some(first) = all.first() else { continue };
        let mut files: Vec<&str> = all.iter().map(|it| it.place.path.as_str()).collect();
        files.dedup();
        let text = match all.len() {
            1 => first.message.clone(),
            count => {
                format!("`{rule}` is found {count} times in {} files; first: {}", files.len(), first.message)
            }
        };
        let mut claim = Claim::new(ID, *area, Kind::Presence, text).keyed(&[rule]);
        claim.level = Some(*level);
        for found in all.iter().take(SHOWN) {
            claim.at(found.place.clone());
        }
        claim.files(files.len());
        let where_to = if files.len() == 1 { first.place.path.clone() } else { folder(&files) };
        let where_to = if where_to.is_empty() { ".".to_owned() } else { where_to };
        claim.recommend(match all.len() {
            1 => format!("Cure the finding of `{rule}` in `{where_to}`."),
            count => format!(
                "Cure the {count} findings of `{rule}`, or accept them in a baseline and let no new one in."
            ),
        });
        claim.example("sh", format!("architrave check {where_to} --select {rule}"));
        said.claims.push(claim);
    }
}

/// The folder that all files are in.
fn folder(files: &[&str]) -> String {
    let mut common: Vec<&str> = files[0].split('/').collect();
    common.pop();
    for file in files {
        let parts: Vec<&str> = file.split('/').collect();
        let same = common.iter().zip(&parts).take_while(|(one, other)| one == other).count();
        common.truncate(same);
    }
    common.join("/")
}
