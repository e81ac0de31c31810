//! Uploads that are read into memory, however long they are.

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Value};

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
    // A proxy that limits bodies stands in configuration.
    let is_limited = evidence.files.iter().any(|it| it.text.contains("client_max_body_size"))
        || evidence.code().any(|it| it.attributes.contains("max_body_size"));
    if is_limited {
        return;
    }
    for (source, call) in evidence.calls().filter(|(_, it)| it.called.method == "read") {
        let Some(function) = call.function.as_deref().and_then(|it| source.function(it)) else { continue };
        let owner = call.called.written.as_deref().and_then(|it| it.strip_suffix(".read"));
        let Some(parameter) = owner.and_then(|it| function.parameter(it)) else { continue };
        let is_upload = matches!(&parameter.annotation, Some(Value::Name(it)) if it.ends_with(".UploadFile"));
        // A size that is looked at, or a part that is read.
        let is_checked = source.attributes.contains("size") || source.attributes.contains("content_length");
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
