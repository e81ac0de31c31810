//! Results that are kept for ever, one for each value that requests bring.

use flow::ways::Reached;
use libraries::{CacheSize, Caution, caution};

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Function, Parameter, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "cache-without-limit",
    area: Area::Performance,
    title: "Caches have a limit",
    docs: include_str!("cache_without_limit.md"),
    asvs: None,
    factor: None,
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    for source in evidence.code() {
        for function in &source.functions {
            let is_asked = matches!(function.reached, Some(Reached::Listed | Reached::Route | Reached::Task));
            let Some(grows) = function.parameters.iter().find(|it| is_open(function, it)) else { continue };
            if !is_asked || function.takes_any || !function.decorators.iter().any(is_unlimited) {
                continue;
            }
            let text = format!(
                "`{}` keeps its result for each `{}` that it is ever asked for: nothing is taken out before the process ends.",
                function.name, grows.name
            );
            let claim = out.presence(Level::Low, &[&source.path, &function.name], text);
            claim.at(Place::new(source.path.clone(), function.line));
            claim.recommend(format!("Give the cache of `{}` a size.", function.name));
            claim.example("python", "@lru_cache(maxsize=1024)");
        }
    }
}

/// A parameter with any number of values: a text or number, and no object that is made once.
fn is_open(function: &Function, parameter: &Parameter) -> bool {
    let is_self = function.name.contains('.') && matches!(parameter.name.as_str(), "self" | "cls");
    let is_value = matches!(
        &parameter.annotation,
        Some(Value::Name(name)) if matches!(name.as_str(), "builtins.str" | "builtins.int" | "uuid.UUID" | "builtins.bytes")
    );
    !is_self && is_value
}

fn is_unlimited(decorator: &Value) -> bool {
    let of = |name: &str| match caution(name) {
        Some(Caution::Cache(size)) => Some(size),
        _ => None,
    };
    match decorator {
        Value::Name(name) => of(name) == Some(CacheSize::Unlimited),
        Value::Call(call) => {
            let size = call.positional(0).or_else(|| call.keyword("maxsize"));
            call.callee.as_deref().and_then(of).is_some() && size == Some(&Value::None)
        }
        _ => false,
    }
}
