//! Patterns recognized by structure: certain with two independent signs, otherwise likely.

mod messages;
mod signals;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::claim::Place;
use crate::evidence::{Call, Evidence, Source, Value};

/// A pattern with its places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pattern {
    /// Its name.
    pub name: &'static str,
    /// Whether two independent signs show it: otherwise it is only likely.
    pub is_sure: bool,
    /// The signs.
    pub marks: Vec<&'static str>,
    /// The classes or functions, with their places.
    pub places: Vec<Place>,
    /// The number of occurrences.
    pub count: usize,
    /// What belongs to them: `12 commands, 12 handlers, made in 14 functions`.
    pub figures: Option<String>,
}

/// Limit on the places shown per pattern.
const SHOWN: usize = 4;

/// The mark that is none by itself.
const NAME: &str = "its name";

/// What shows a pattern, and where.
type Shown = (Vec<&'static str>, Vec<Place>);

/// All recognized patterns.
pub(super) fn patterns(evidence: &Evidence) -> Vec<Pattern> {
    let mut found: BTreeMap<(&'static str, bool), Shown> = BTreeMap::new();
    let mut add = |name: &'static str, marks: Vec<&'static str>, place: Place| {
        // A name alone shows nothing.
        if !marks.is_empty() && marks != [NAME] {
            let entry = found.entry((name, marks.len() > 1)).or_default();
            for mark in marks {
                if !entry.0.contains(&mark) {
                    entry.0.push(mark);
                }
            }
            entry.1.push(place);
        }
    };
    for source in evidence.sources.iter().filter(|it| it.role == model::PathRole::Code) {
        for class in &source.classes {
            let place = || Place::new(source.path.clone(), class.line).note(class.name.clone());
            add("repository", repository(evidence, source, &class.name), place());
            add("unit of work", unit_of_work(source, &class.name), place());
            add("event bus", event_bus(source, &class.name), place());
            add("mediator", mediator(source, &class.name), place());
            add("saga", saga(source, &class.name), place());
            add("injection container", container(&class.foreign, &class.name), place());
        }
        for table in evidence.tables.iter().filter(|it| evidence.sources[it.source].id == source.id) {
            add(
                "outbox",
                outbox(evidence, &table.class, &table.name, &table.columns),
                table.place.clone().note(table.class.clone()),
            );
        }
        for (marks, place) in caching(evidence, source) {
            add("caching", marks, place);
        }
    }
    let mut all: Vec<Pattern> = found
        .into_iter()
        .map(|((name, is_sure), (marks, mut places))| {
            let count = places.len();
            places.truncate(SHOWN);
            Pattern { name, is_sure, marks, places, count, figures: None }
        })
        .collect();
    all.extend(messages::patterns(evidence));
    all.extend(signals::patterns(evidence));
    all.sort_by_key(|it| it.name);
    all
}

fn has(source: &Source, class: &str, methods: &[&str]) -> bool {
    source.functions.iter().any(|it| {
        it.name
            .strip_prefix(class)
            .and_then(|rest| rest.strip_prefix('.'))
            .is_some_and(|name| methods.contains(&name))
    })
}

fn calls(source: &Source, class: &str, methods: &[&str]) -> bool {
    source.calls.iter().any(|it| {
        let is_of_class = it
            .function
            .as_deref()
            .is_some_and(|name| name.strip_prefix(class).is_some_and(|rest| rest.starts_with('.')));
        is_of_class && methods.contains(&it.called.method.as_str())
    })
}

fn repository(evidence: &Evidence, source: &Source, class: &str) -> Vec<&'static str> {
    // A row with this name is what is stored, not what stores it.
    let is_row =
        evidence.tables.iter().any(|it| it.class == class && evidence.sources[it.source].id == source.id)
            || source.classes.iter().any(|it| it.name == class && it.is_row());
    if is_row || (!class.ends_with("Repository") && !class.ends_with("Repo")) {
        return Vec::new();
    }
    let is_abstract = source.classes.iter().any(|it| {
        it.name == class
            && it.foreign.iter().any(|base| base.ends_with(".ABC") || base.ends_with(".Protocol"))
    });
    // A checkout of git has this name too. Who stores for an abstract class alone isn't seen.
    let family = family(evidence, source, class);
    let is_alone = is_abstract && family.len() == 1;
    if !is_alone && !family.iter().any(|it| stores(evidence, it)) {
        return Vec::new();
    }
    let mut marks = vec![NAME];
    if calls(
        source,
        class,
        &["execute", "scalar", "scalars", "query", "add", "filter", "select", "find", "find_one", "fetchrow"],
    ) {
        marks.push("methods that query");
    }
    if is_abstract {
        marks.push("an abstract class");
    }
    marks
}

/// The modules of a class, its ancestors in the project, and all that descend from any of them: one for each class.
fn family<'e>(evidence: &'e Evidence, source: &'e Source, class: &str) -> Vec<&'e Source> {
    let Some(class) = source.classes.iter().find(|it| it.name == class) else { return Vec::new() };
    let is_kin = |id: model::ModuleId, name: &str| {
        (id == source.id && name == class.name)
            || class.own.iter().any(|(module, ancestor)| *module == id && ancestor == name)
    };
    let all = evidence.sources.iter().flat_map(|of| of.classes.iter().map(move |it| (of, it)));
    let kin = all.filter(|(of, it)| {
        is_kin(of.id, &it.name) || it.own.iter().any(|(module, ancestor)| is_kin(*module, ancestor))
    });
    kin.map(|(of, _)| of).collect()
}

/// Whether a module has something to query: a library for it, or tables; itself or by what it imports.
fn stores(evidence: &Evidence, source: &Source) -> bool {
    let is_for_it = |name: &python::Name| {
        use libraries::Kind::{Cloud, Driver, Orm};
        matches!(libraries::kind(name), Some(Orm | Driver | Cloud))
    };
    let has = |it: &Source| {
        let has_table = |id| evidence.tables.iter().any(|table| evidence.sources[table.source].id == id);
        it.outside.iter().any(is_for_it) || has_table(it.id)
    };
    has(source) || source.imports.iter().any(|at| has(&evidence.sources[*at]))
}

fn unit_of_work(source: &Source, class: &str) -> Vec<&'static str> {
    let is_context = has(source, class, &["__aenter__", "__enter__"]);
    let ends = has(source, class, &["commit", "_commit"]) && has(source, class, &["rollback", "_rollback"]);
    let mut marks = Vec::new();
    if ends {
        marks.push("`commit` and `rollback`");
        if is_context {
            marks.push("entered by `with`");
        }
    }
    marks
}

fn event_bus(source: &Source, class: &str) -> Vec<&'static str> {
    let gives = ["publish", "dispatch", "emit", "handle", "publish_all", "send"];
    if !has(source, class, &["subscribe", "register", "register_handler", "add_handler", "register_event"]) {
        return Vec::new();
    }
    let calls_them = source.calls.iter().any(|call| {
        let of_class = call.function.as_deref().and_then(|it| it.strip_prefix(class)?.strip_prefix('.'));
        call.is_repeated && of_class.is_some_and(|it| gives.contains(&it))
    });
    if calls_them { vec!["handlers are registered", "a loop hands events to them"] } else { Vec::new() }
}

/// Hands a request to the one handler that is registered for its class.
fn mediator(source: &Source, class: &str) -> Vec<&'static str> {
    let gives = ["send", "execute", "dispatch", "handle", "ask", "query", "__call__"];
    if !has(source, class, &["register", "register_handler", "add_handler", "bind", "register_command"]) {
        return Vec::new();
    }
    let asks_type = source.calls.iter().any(|call| {
        let of_class = call.function.as_deref().and_then(|it| it.strip_prefix(class)?.strip_prefix('.'));
        of_class.is_some_and(|it| gives.contains(&it)) && call.called.method == "type" && !call.is_repeated
    });
    let is_bus = !event_bus(source, class).is_empty();
    if asks_type && !is_bus {
        vec!["handlers are registered", "one is chosen by the class of what is sent"]
    } else {
        Vec::new()
    }
}

/// Runs steps, and takes back those that were done if one fails.
fn saga(source: &Source, class: &str) -> Vec<&'static str> {
    let takes_back = |name: &str| {
        let last = name.rsplit('.').next().unwrap_or(name);
        last.starts_with("compensat") || last.starts_with("undo")
    };
    let of_class = |function: &str| function.strip_prefix(class).is_some_and(|rest| rest.starts_with('.'));
    let in_loop = source.calls.iter().any(|call| {
        call.is_repeated && call.function.as_deref().is_some_and(of_class) && takes_back(&call.called.method)
    });
    let on_failure = source.handlers.iter().any(|it| it.function.as_deref().is_some_and(of_class));
    let mut marks = Vec::new();
    if in_loop {
        marks.push("a loop takes steps back");
        if on_failure {
            marks.push("it does so where a step fails");
        }
    }
    marks
}

fn container(foreign: &[python::Name], class: &str) -> Vec<&'static str> {
    let is_library = foreign.iter().any(|it| {
        ["dependency_injector", "dishka", "that_depends", "injector"]
            .iter()
            .any(|name| libraries::is_of(it, name))
    });
    let mut marks = Vec::new();
    if is_library {
        marks.push("a base of its library");
        if class.ends_with("Container") || class.ends_with("Provider") || class.ends_with("Module") {
            marks.push(NAME);
        }
    }
    marks
}

fn outbox(evidence: &Evidence, class: &str, table: &str, columns: &[(String, String)]) -> Vec<&'static str> {
    if !table.contains("outbox") {
        return Vec::new();
    }
    let mut marks = vec!["a table of this name"];
    let is_kept = |it: &(String, String)| {
        ["processed", "published", "sent", "status", "delivered"].iter().any(|word| it.0.contains(word))
    };
    if columns.iter().any(is_kept) {
        marks.push("a column that says what was sent");
    }
    let makes = |it: &Source| it.calls.iter().any(|call| call.called.method == class);
    if evidence.sources.iter().any(makes) {
        marks.push("code that writes to it");
    }
    marks
}

fn caching(evidence: &Evidence, source: &Source) -> Vec<(Vec<&'static str>, Place)> {
    let mut found = Vec::new();
    for function in &source.functions {
        let is_cache = |it: &Value| {
            let name = match it {
                Value::Name(name) => Some(name.as_str()),
                Value::Call(call) => call.callee.as_deref(),
                _ => None,
            };
            name.is_some_and(|it| {
                ["aiocache", "fastapi_cache", "cachetools", "async_lru", "cashews"]
                    .iter()
                    .any(|lib| libraries::is_of(it, lib))
                    || it.ends_with("cache_page")
                    || it.ends_with("cached_property") && it.starts_with("redis")
            })
        };
        if function.decorators.iter().any(is_cache) {
            let place = Place::new(source.path.clone(), function.line).note(function.name.clone());
            found.push((vec!["a decorator of its library", "a function whose value is kept"], place));
        }
    }
    // By the function, or the class, that reads and sets.
    let mut asked: BTreeMap<&str, [Option<u32>; 2]> = BTreeMap::new();
    for call in source.calls.iter().filter(|it| is_of_cache(evidence, it)) {
        let which = match call.called.method.as_str() {
            "get" | "get_many" => 0,
            "set" | "set_many" => 1,
            _ => continue,
        };
        let whole = call.function.as_deref().unwrap_or_default();
        let owner = whole.split('.').next().unwrap_or(whole);
        asked.entry(owner).or_default()[which].get_or_insert(call.line);
    }
    let marks = || vec!["values are read from a cache", "and set in it"];
    let both =
        asked.iter().filter_map(|(owner, lines)| Some((*owner, lines[0].filter(|_| lines[1].is_some())?)));
    let places: Vec<Place> =
        both.map(|(owner, line)| Place::new(source.path.clone(), line).note(owner.to_owned())).collect();
    let of_file = |which: usize| asked.values().find_map(|lines| lines[which]);
    // One function reads, and another sets.
    let apart = of_file(0).filter(|_| places.is_empty() && of_file(1).is_some());
    let apart = apart.map(|line| Place::new(source.path.clone(), line));
    found.extend(places.into_iter().chain(apart).map(|place| (marks(), place)));
    found
}

/// Whether a call is one of Django's cache, or of one of its caches that a module keeps under a name of its own.
fn is_of_cache(evidence: &Evidence, call: &Call) -> bool {
    let Some(callee) = call.called.callee.as_deref() else { return false };
    let is_kept = |(owner, _): (&str, &str)| {
        let kept = evidence.constant(owner).map(|(value, _)| value);
        matches!(kept, Some(Value::Item(all, _)) if **all == Value::Name("django.core.cache.caches".to_owned()))
    };
    callee.starts_with("django.core.cache.") || callee.rsplit_once('.').is_some_and(is_kept)
}
