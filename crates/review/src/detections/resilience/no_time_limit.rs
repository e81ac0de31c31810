//! Calls that wait for somebody else without end.

use std::collections::{BTreeMap, BTreeSet};

use libraries::{Caution, caution};

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Call, Evidence, Source};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "no-time-limit",
    area: Area::Resilience,
    title: "Calls of others have a time limit",
    docs: include_str!("no_time_limit.md"),
    asvs: None,
    factor: None,
    run,
};

/// Limit on the places shown.
const SHOWN: usize = 5;

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let mut open: BTreeMap<String, Vec<(Option<String>, Place)>> = BTreeMap::new();
    let mut limited: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    // With calls whose arguments stand elsewhere.
    let mut hidden: BTreeSet<String> = BTreeSet::new();
    for (source, call) in evidence.calls() {
        let called = &call.called;
        let client = client(evidence, source, call);
        let is_set_up = client.is_some() && may_have_its_own(source);
        let callee = client.map(|class| format!("{}.{}", of_package(class), called.method));
        let Some(callee) = callee.as_deref().or(called.callee.as_deref()) else { continue };
        let Some(Caution::Waits(limits)) = caution(callee) else { continue };
        let package = of_package(callee).to_owned();
        let place = Place::new(source.path.clone(), call.line);
        let said = limits.iter().find_map(|it| called.keyword(it));
        let is_open = said.is_none_or(|it| *it == crate::evidence::Value::None);
        // The third argument of these is the time limit as well.
        let is_positional = called.positional(2).is_some() && !package.starts_with("requests");
        if !is_open || is_positional {
            limited.entry(package).or_default().push(place);
        } else if called.has_hidden_arguments() || is_set_up {
            hidden.insert(package);
        } else {
            open.entry(package).or_default().push((call.function.clone(), place));
        }
    }
    for (package, places) in &limited {
        if open.contains_key(package) || hidden.contains(package) {
            continue;
        }
        let Some(first) = places.first() else { continue };
        let text = match places.len() {
            1 => format!("The call of `{package}` in `{}` has a time limit.", first.path),
            2 => format!("Both calls of `{package}` have a time limit."),
            count => format!("All {count} calls of `{package}` have a time limit."),
        };
        out.fine(&[package], text).at(first.clone());
    }
    for (package, all) in open {
        let Some((who, first)) = all.first() else { continue };
        let who = who.clone().unwrap_or_else(|| first.path.clone());
        let files: BTreeSet<&String> = all.iter().map(|(_, place)| &place.path).collect();
        let others = limited.get(&package).map_or(0, Vec::len);
        let beside = match others {
            0 => String::new(),
            1 => "; one other has one".to_owned(),
            count => format!("; {count} have one"),
        };
        let text = match all.len() {
            1 => format!(
                "`{who}` waits for `{package}` without a time limit{beside}: a peer that doesn't answer keeps it for ever."
            ),
            count => format!(
                "{count} calls of `{package}` in {} wait without a time limit, as in `{who}`{beside}: a peer that doesn't answer \
                 keeps them for ever.",
                if files.len() == 1 { format!("`{}`", first.path) } else { format!("{} files", files.len()) }
            ),
        };
        let count = files.len();
        let claim = out.presence(Level::Medium, &[&package], text);
        for (_, place) in all.iter().take(SHOWN) {
            claim.at(place.clone());
        }
        claim.files(count);
        claim.recommend(format!(
            "Give the call in `{who}` a `timeout`, and decide what `{who}` does when it ends."
        ));
    }
}

fn of_package(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

/// The library's class of the object that a method is called on, where it is seen what makes it: `self.session.get(...)`.
fn client(evidence: &Evidence, source: &Source, call: &Call) -> Option<&'static str> {
    let class = |it: &Call| libraries::client_of(it.called.callee.as_deref()?);
    let (owner, _) = call.called.written.as_deref()?.rsplit_once('.')?;
    // Of a module: `session = requests.Session()`.
    if let Some((module, name)) = call
        .called
        .callee
        .as_deref()
        .and_then(|it| it.strip_suffix(call.called.method.as_str()))
        .and_then(|it| it.strip_suffix('.')?.rsplit_once('.'))
    {
        let made =
            evidence.module(module)?.calls.iter().find(|it| it.function.is_none() && it.binds(name))?;
        return class(made);
    }
    let is_beside = |it: &&Call| match owner.split_once('.') {
        Some(_) => it.stored_in.as_deref() == Some(owner) && class_of(it) == class_of(call),
        None => it.body == call.body && it.binds(owner),
    };
    let made = source.calls.iter().find(is_beside);
    made.and_then(class).or_else(|| {
        let entered = call.within.last().filter(|_| !owner.contains('.') && made.is_none())?;
        libraries::client_of(entered)
    })
}

/// The class whose method contains a call.
fn class_of(call: &Call) -> Option<&str> {
    call.function.as_deref()?.split_once('.').map(|(class, _)| class)
}

/// Whether a module sets its clients up, so that they may have a limit of their own.
fn may_have_its_own(source: &Source) -> bool {
    source.calls.iter().any(|it| {
        it.called.method == "mount"
            || it
                .stored_in
                .as_deref()
                .is_some_and(|it| [".request", ".send"].iter().any(|method| it.ends_with(method)))
    })
}
