//! A parameter of a path that its handler doesn't take.

use model::{ClassRole, Framework};

use crate::claim::{Area, Level};
use crate::detection::{Answers, Detection};
use crate::evidence::{Called, Evidence, Function, Parameter, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "path-parameter-unused",
    area: Area::Api,
    title: "Handlers take what their paths have",
    docs: include_str!("path_parameter_unused.md"),
    asvs: None,
    factor: None,
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    for route in &evidence.routes {
        let Some((_, function)) = evidence.handler(route) else { continue };
        // Another decorator may take the parameter out.
        let [Value::Call(call)] = function.decorators.as_slice() else { continue };
        let written = call.positional(0).or_else(|| call.keyword("path")).or_else(|| call.keyword("rule"));
        let Some(path) = written.and_then(Value::text) else { continue };
        if function.takes_any {
            continue;
        }
        let (names, is_fatal) = match route.framework {
            Framework::FastApi if is_all_visible(evidence, function, call) => {
                (between(path, '{', '}'), false)
            }
            Framework::Flask => (between(path, '<', '>'), true),
            _ => continue,
        };
        for name in names.iter().filter(|it| function.parameter(it).is_none()) {
            let title = route.title();
            let text = if is_fatal {
                format!("`{}` answers `{title}` and takes no `{name}`: each request fails.", function.name)
            } else {
                format!(
                    "`{}` answers `{title}` and takes no `{name}`: all values of it get the same answer.",
                    function.name
                )
            };
            let level = if is_fatal { Level::High } else { Level::Medium };
            let claim = out.contradiction(level, &[&route.handler, name], text);
            claim.at(route.place.clone());
            claim.recommend(format!("Let `{}` take `{name}`, or take it out of its path.", function.name));
        }
    }
}

/// The names of parameters in a path: `{order_id}`, `{rest:path}`, `<int:order_id>`.
fn between(path: &str, opens: char, closes: char) -> Vec<String> {
    let parts = path.split(opens).skip(1).filter_map(|it| Some(it.split_once(closes)?.0));
    let name = |part: &str| {
        let name = if opens == '<' { part.rsplit(':').next() } else { part.split(':').next() };
        name.unwrap_or(part).to_owned()
    };
    parts.map(name).collect()
}

/// Whether nothing else may take parameters: no dependency, and no request.
fn is_all_visible(evidence: &Evidence, function: &Function, call: &Called) -> bool {
    let has_dependencies = evidence.calls().any(|(_, it)| it.called.keyword("dependencies").is_some());
    call.keyword("dependencies").is_none()
        && !has_dependencies
        && function.parameters.iter().all(|it| is_plain(evidence, it))
}

fn is_plain(evidence: &Evidence, parameter: &Parameter) -> bool {
    let is_value = matches!(
        parameter.default,
        None | Some(Value::None | Value::Bool(_) | Value::Int(_) | Value::Text(_))
    );
    let Some(Value::Name(name)) = &parameter.annotation else { return false };
    let is_schema = evidence.sources.iter().any(|source| {
        let rest = name.strip_prefix(source.name.as_str()).and_then(|it| it.strip_prefix('.'));
        source.classes.iter().any(|it| {
            Some(it.name.as_str()) == rest
                && it.foreign.iter().any(|base| model::role_of_base(base) == Some(ClassRole::Schema))
        })
    });
    is_value && (name.starts_with("builtins.") || name.starts_with("uuid.") || is_schema)
}
