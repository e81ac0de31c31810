//! The rules' findings, summarized per rule: how often, and where first.

mod blocking;
mod kept;

use view::wording::capitalized;

use crate::claim::{Area, Claim, Kind, Level};
use crate::detection::Said;
use crate::evidence::{Evidence, Found};

/// The detection id of claims about rules.
pub(crate) const ID: &str = "findings";

/// Limit on the places shown per rule.
const SHOWN: usize = 5;

/// What each rule is about, how much follows from it, and what to do; empty where its message ends with that.
const RULES: &[(&str, Area, Level, &str)] = &[
    ("layer-violation", Area::Architecture, Level::Medium, ""),
    (
        "framework-in-domain",
        Area::Architecture,
        Level::Medium,
        "put what `{place}` does with {name} behind a port in infrastructure",
    ),
    (
        "forbidden-import",
        Area::Architecture,
        Level::Medium,
        "take the import at `{place}` out, or allow it in the contract",
    ),
    ("circular-import", Area::Architecture, Level::Medium, "open the cycle at `{place}`"),
    (
        "sibling-service-import",
        Area::Architecture,
        Level::Low,
        "let `{function}` be given what it takes from its sibling",
    ),
    ("orm-leak", Area::State, Level::Medium, ""),
    (
        "http-outside-presentation",
        Area::Resilience,
        Level::Low,
        "move what `{path}` says in HTTP to the routes",
    ),
    (
        "n-plus-one",
        Area::Database,
        Level::Medium,
        "fetch before the loop of `{function}` what it queries row by row",
    ),
    (
        "n-plus-one-serialization",
        Area::Database,
        Level::Medium,
        "let the query behind `{function}` load what is rendered of each row",
    ),
    (
        "lazy-load-in-async",
        Area::Database,
        Level::High,
        "load it in the query that `{function}` has its row from",
    ),
    ("unbounded-query", Area::Database, Level::Medium, "give what `{function}` reads a limit"),
    ("query-in-route", Area::Architecture, Level::Low, ""),
    ("interpolated-sql", Area::Security, Level::High, "pass values as parameters in `{function}`"),
    (
        "unprotected-route",
        Area::Security,
        Level::Medium,
        "let `{function}` ask who is calling, as the routes beside it do",
    ),
    (
        "blocking-call-in-async",
        Area::Performance,
        Level::High,
        "run what blocks in `{function}` in a thread, or use a client that doesn't block",
    ),
    ("sequential-awaits", Area::Performance, Level::Low, "start what `{function}` awaits in one task group"),
    (
        "shared-mutable-state",
        Area::State,
        Level::Medium,
        "keep what is changed at `{place}` where all processes see it",
    ),
    ("god-object", Area::Organisation, Level::Low, "split what is at `{place}` by subject"),
    ("fat-controller", Area::Organisation, Level::Low, "move what `{function}` decides into a service"),
    ("junk-drawer", Area::Organisation, Level::Low, "move what is in `{path}` to those who use it"),
    (
        "hidden-import",
        Area::Organisation,
        Level::Low,
        "move the import at `{place}` to the top of its module",
    ),
    ("hidden-dependency", Area::Organisation, Level::Low, ""),
    ("service-locator", Area::Organisation, Level::Low, "give `{function}` what it looks up"),
    ("private-module-import", Area::Organisation, Level::Low, ""),
    (
        "protocol-drift",
        Area::Architecture,
        Level::Medium,
        "give what is at `{place}` the members and parameters of its port",
    ),
    ("several-handlers", Area::State, Level::Medium, "leave one handler for the class at `{place}`"),
    (
        "unhandled-message",
        Area::State,
        Level::Medium,
        "register a handler for the class at `{place}`, or make none of it",
    ),
    ("mutable-message", Area::State, Level::Low, "freeze the class at `{place}`"),
    (
        "environment-outside-config",
        Area::Organisation,
        Level::Low,
        "read the variable of `{place}` in the configuration",
    ),
];

/// Adds a claim for each rule with findings that no detection has covered.
pub(crate) fn add(evidence: &Evidence, said: &mut Said) {
    let told: Vec<_> = said.claims.iter().flat_map(|it| it.places.clone()).collect();
    let is_told = |found: &Found| {
        found.rule == "shared-mutable-state"
            && told.iter().any(|it| it.path == found.place.path && it.line == found.place.line)
    };
    // What opens a cycle of packages isn't to be moved first.
    let is_cut = |found: &Found| {
        let first = evidence.structure.tangles.iter().filter_map(|it| it.first.as_ref());
        found.rule == "hidden-import"
            && first
                .flat_map(|it| &it.places)
                .any(|it| it.path == found.place.path && it.line == found.place.line)
    };
    for (rule, area, level, remedy) in RULES {
        let of_rule = evidence
            .findings
            .iter()
            .filter(|it| it.rule == *rule && it.is_loud() && !is_told(it) && !is_cut(it));
        let all: Vec<&Found> = of_rule.collect();
        let files = by_file(&all);
        let Some((most, in_most)) = files.first() else { continue };
        let text = match (all.as_slice(), files.len()) {
            ([only], _) => only.message.clone(),
            (all, 1) => {
                format!("`{rule}` is found {} times in `{most}`{}.", all.len(), share(evidence, rule))
            }
            (all, count) if in_most.len() == 1 => {
                format!("`{rule}` is found {} times in {count} files{}.", all.len(), share(evidence, rule))
            }
            (all, count) => format!(
                "`{rule}` is found {} times in {count} files, most often in `{most}` ({}){}.",
                all.len(),
                in_most.len(),
                share(evidence, rule)
            ),
        };
        let mut claim = Claim::new(ID, *area, Kind::Presence, text).keyed(&[rule]);
        claim.level =
            Some(if *rule == "blocking-call-in-async" { blocking::level(evidence, &all) } else { *level });
        for found in files.iter().flat_map(|(_, of_file)| of_file).take(SHOWN) {
            let place = found.place.clone();
            claim.at(if all.len() == 1 { place } else { place.note(found.message.clone()) });
        }
        claim.files(files.len());
        claim.recommend(recommended(&files, remedy));
        let paths: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
        let below = if let [only] = paths.as_slice() { (*only).to_owned() } else { folder(&paths) };
        let below = if below.is_empty() { ".".to_owned() } else { below };
        claim.example("sh", format!("architrave check {below} --select {rule}"));
        said.claims.push(claim);
    }
    said.claims.extend(kept::kept(evidence));
    order(said);
}

/// What share of all imports between layers goes against their direction.
fn share(evidence: &Evidence, rule: &str) -> String {
    let structure = &evidence.structure;
    match rule {
        "layer-violation" if structure.against > 0 => {
            format!("; {} of {} imports between layers are concerned", structure.against, structure.between)
        }
        _ => String::new(),
    }
}

/// Which rules' findings are cured first, since they are the cause of others, or since others would move what they are about.
const FIRST: &[(&str, &str)] = &[
    ("circular-import", "hidden-import"),
    ("layer-violation", "framework-in-domain"),
    ("layer-violation", "orm-leak"),
    ("fat-controller", "query-in-route"),
    ("unbounded-query", "n-plus-one-serialization"),
];

/// Claims about the same file as that of a rule that comes first wait for it.
fn order(said: &mut Said) {
    let rule_of =
        |claim: &Claim| RULES.iter().find(|(rule, ..)| claim.is_keyed(&[rule])).map(|(rule, ..)| *rule);
    let of_rules: Vec<(&str, String, Vec<String>)> = said
        .claims
        .iter()
        .filter(|it| it.detection == ID)
        .filter_map(|it| {
            let paths = it.places.iter().map(|place| place.path.clone()).collect();
            Some((rule_of(it)?, it.fingerprint.clone(), paths))
        })
        .collect();
    for claim in said.claims.iter_mut().filter(|it| it.detection == ID) {
        let Some(rule) = rule_of(claim) else { continue };
        for (first, fingerprint, paths) in &of_rules {
            let is_first = FIRST.contains(&(first, rule));
            if is_first && claim.places.iter().any(|it| paths.contains(&it.path)) {
                claim.after_claim(fingerprint.clone());
            }
        }
    }
}

/// The findings of each file, most first.
fn by_file<'f>(all: &[&'f Found]) -> Vec<(&'f str, Vec<&'f Found>)> {
    let mut files: Vec<(&str, Vec<&Found>)> = Vec::new();
    for found in all {
        match files.iter_mut().find(|(path, _)| *path == found.place.path) {
            Some((_, of_file)) => of_file.push(found),
            None => files.push((&found.place.path, vec![found])),
        }
    }
    files.sort_by_key(|(path, of_file)| (std::cmp::Reverse(of_file.len()), *path));
    files
}

/// Where to begin, what to do there, and where to go on.
fn recommended(files: &[(&str, Vec<&Found>)], remedy: &str) -> String {
    let Some(((path, of_file), rest)) = files.split_first() else { return String::new() };
    let Some(first) = of_file.first() else { return String::new() };
    let what = what_to_do(first, remedy);
    let mut text = match (of_file.len(), rest.is_empty()) {
        (1, _) => capitalized(&what),
        (count, true) => format!("Begin with one of the {count}: {what}"),
        (count, false) => format!("Begin with the {count} in `{path}`: {what}"),
    };
    let next: Vec<String> =
        rest.iter().take(2).map(|(path, all)| format!("`{path}` ({})", all.len())).collect();
    if !next.is_empty() {
        text.push_str("; then ");
        text.push_str(&next.join(", "));
    }
    text.push('.');
    text
}

/// What to do about one finding, in the words of the rule and with the names of the code.
fn what_to_do(found: &Found, remedy: &str) -> String {
    let place = format!("{}:{}", found.place.path, found.place.line);
    if let Some(title) = &found.fix {
        return format!("at `{place}`, {}", uncapitalized(title));
    }
    if remedy.is_empty() {
        // A message ends with its advice.
        return match found.message.rsplit_once("; ") {
            Some((_, advice)) => format!("at `{place}`, {}", uncapitalized(advice)),
            None => format!("at `{place}`: {}", found.message),
        };
    }
    remedy
        .replace("{function}", found.function.as_deref().unwrap_or(&place))
        .replace("{place}", &place)
        .replace("{name}", &first_name(&found.message))
        .replace("{path}", &found.place.path)
}

/// The first name in a message, as code.
fn first_name(message: &str) -> String {
    message.split('`').nth(1).map_or_else(|| "it".to_owned(), |name| format!("`{name}`"))
}

fn uncapitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|it| it.to_lowercase().chain(letters).collect()).unwrap_or_default()
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
