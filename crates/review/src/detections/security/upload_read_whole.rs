//! Uploads that are read into memory, however long they are.

use flow::FunctionRef;
use rustc_hash::FxHashSet;

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Calls, Evidence, Function, Source, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "upload-read-whole",
    area: Area::Security,
    title: "Uploads have a limit",
    docs: include_str!("upload_read_whole.md"),
    asvs: Some("V5 File Handling"),
    factor: None,
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    // A proxy that limits bodies stands in configuration, a middleware before all routes.
    let is_limited = evidence.files.iter().any(|it| it.text.contains("client_max_body_size"))
        || evidence.code().any(|it| it.attributes.contains("max_body_size"))
        || evidence.code().any(|it| it.functions.iter().any(|of| is_middleware(it, of)));
    if is_limited {
        return;
    }
    let calls = evidence.call_graph();
    let measured = measured(evidence, &calls);
    for (source, call) in evidence.calls().filter(|(_, it)| it.called.method == "read") {
        let Some(function) = call.function.as_deref().and_then(|it| source.function(it)) else { continue };
        let owner = call.called.written.as_deref().and_then(|it| it.strip_suffix(".read"));
        let Some(parameter) = owner.and_then(|it| function.parameter(it)) else { continue };
        let is_upload = matches!(&parameter.annotation, Some(Value::Name(it)) if it.ends_with(".UploadFile"));
        // A size that is looked at, or a part that is read.
        let is_checked = source.attributes.contains("size") || source.attributes.contains("content_length");
        let is_checked = is_checked || is_measured(evidence, &calls, &measured, function);
        if !is_upload || is_checked || !call.called.arguments.is_empty() || !call.blocks.is_empty() {
            continue;
        }
        let text = format!(
            "`{}` reads `{}` into memory whole, however long it is: a few large uploads end the process.",
            function.name, parameter.name
        );
        let claim = out.presence(Level::Medium, &[&source.path, &function.name], text);
        claim.at(Place::new(source.path.clone(), call.line));
        claim.recommend(format!(
            "Look at `{}.size` in `{}` first, or read it in parts.",
            parameter.name, function.name
        ));
    }
}

/// The functions that look at the length of a request, and those that call one of them.
fn measured(evidence: &Evidence, calls: &Calls) -> FxHashSet<FunctionRef> {
    let all = evidence.code().flat_map(|source| {
        source.functions.iter().filter(|it| source.measures.contains(&it.name)).map(|it| it.id)
    });
    calls.leading_to(all)
}

/// Whether the length of a request is looked at on its way to a function, or before it.
fn is_measured(
    evidence: &Evidence,
    calls: &Calls,
    measured: &FxHashSet<FunctionRef>,
    function: &Function,
) -> bool {
    let above = calls.leading_to([function.id]);
    let routes = evidence.routes.iter().filter(|it| it.function.is_some_and(|it| above.contains(&it)));
    let mut before = routes.flat_map(|it| &it.dependencies).chain(&above);
    before.any(|it| measured.contains(it))
}

/// Whether a function looks at the length of each request before a route does anything.
fn is_middleware(source: &Source, function: &Function) -> bool {
    let is_registered = |it: &Value| it.call().is_some_and(|it| it.method == "middleware");
    let is_of_class = source.classes.iter().any(|it| {
        let is_its = function.name.strip_prefix(it.name.as_str()).is_some_and(|it| it.starts_with('.'));
        is_its && it.foreign.iter().any(|base| base.ends_with("Middleware"))
    });
    let is_called = function.short() == "__call__" && function.parameter("scope").is_some();
    source.measures.contains(&function.name)
        && (is_of_class || is_called || function.decorators.iter().any(is_registered))
}
