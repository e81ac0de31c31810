//! Revisions that change the schema, and whose `downgrade` does nothing.

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Source};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "downgrade-does-nothing",
    area: Area::Database,
    title: "Revisions can be taken back",
    docs: include_str!("downgrade_does_nothing.md"),
    asvs: None,
    factor: None,
    run,
};

/// Limit on the places shown.
const SHOWN: usize = 3;

/// Operations on the schema.
const CHANGES: &[&str] =
    &["create_table", "add_column", "drop_column", "drop_table", "alter_column", "create_index"];

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    for revisions in &evidence.revisions {
        let changing: Vec<&Source> =
            revisions.list.iter().map(|it| &evidence.sources[it.source]).filter(|it| changes(it)).collect();
        let open =
            changing.iter().filter_map(|it| Some((it, it.function("downgrade").filter(|it| it.is_empty)?)));
        let open: Vec<_> = open.collect();
        let Some((last, _)) = open.last() else { continue };
        let name = last.path.rsplit('/').next().unwrap_or(&last.path);
        let text = match open.len() {
            1 => format!("`downgrade` of `{name}` does nothing: what it changes can't be taken back."),
            count => format!(
                "`downgrade` does nothing in {count} of the {} revisions of `{}` that change tables, as in `{name}`.",
                changing.len(),
                revisions.folder
            ),
        };
        let claim = out.presence(Level::Low, &[&revisions.folder], text);
        for (source, function) in open.iter().rev().take(SHOWN) {
            claim.at(Place::new(source.path.clone(), function.line));
        }
        claim.recommend(format!("Write the `downgrade` of `{name}`, or let it raise and say why."));
        claim.files(open.len());
    }
}

fn changes(source: &Source) -> bool {
    source
        .calls
        .iter()
        .any(|it| it.function.as_deref() == Some("upgrade") && CHANGES.contains(&it.called.method.as_str()))
}
