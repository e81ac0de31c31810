//! Migrations with several heads, or with a missing predecessor.

use crate::claim::{Area, Level};
use crate::detection::{Answers, Detection};
use crate::evidence::Evidence;

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "migration-heads",
    area: Area::Database,
    title: "Migrations form one line",
    docs: include_str!("migration_heads.md"),
    asvs: None,
    factor: Some(12),
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    for revisions in evidence.revisions.iter().filter(|it| !it.is_open && !it.list.is_empty()) {
        for (revision, missing) in revisions.broken() {
            let text = format!(
                "Revision `{}` follows `{missing}`, and no file of `{}` is that revision.",
                revision.id, revisions.folder
            );
            out.contradiction(Level::High, &[&revisions.folder, &revision.id, "broken"], text)
                .at(revision.place.clone())
                .recommend(format!(
                    "Let `{}` follow a revision that is there, or bring `{missing}` back.",
                    revision.id
                ));
        }
        let heads = revisions.heads();
        let [first, second, ..] = heads.as_slice() else {
            if let [only] = heads.as_slice() {
                let text = match revisions.list.len() {
                    1 => format!("`{}` is the only revision of `{}`.", only.id, revisions.folder),
                    count => {
                        format!("The {count} revisions of `{}` end in `{}` alone.", revisions.folder, only.id)
                    }
                };
                out.fine(&[&revisions.folder], text).at(only.place.clone());
            }
            continue;
        };
        let ids: Vec<&str> = heads.iter().map(|it| it.id.as_str()).collect();
        let text = format!(
            "`{}` has {} heads, `{}`: `alembic upgrade head` stops.",
            revisions.folder,
            heads.len(),
            ids.join("`, `")
        );
        let claim = out.contradiction(Level::High, &[&revisions.folder, "heads"], text);
        for head in &heads {
            claim.at(head.place.clone());
        }
        claim.recommend(format!("Let `{}` follow `{}`, or merge them.", second.id, first.id));
        claim.example("sh", format!("alembic merge -m \"join {}\" {}", ids.join(" and "), ids.join(" ")));
    }
    for app in evidence.apps.iter().filter(|it| !it.is_open && !it.list.is_empty()) {
        let leaves = app.leaves();
        let [_, _, ..] = leaves.as_slice() else {
            if let [only] = leaves.as_slice()
                && app.list.len() > 1
            {
                let text = format!(
                    "The {} migrations of `{}` end in `{}` alone.",
                    app.list.len(),
                    app.label,
                    only.name
                );
                out.fine(&[&app.folder], text).at(only.place.clone());
            }
            continue;
        };
        let names: Vec<&str> = leaves.iter().map(|it| it.name.as_str()).collect();
        let text = format!(
            "The migrations of `{}` end in {} places, `{}`: `manage.py migrate` stops.",
            app.label,
            leaves.len(),
            names.join("`, `")
        );
        let claim = out.contradiction(Level::High, &[&app.folder, "leaves"], text);
        for leaf in &leaves {
            claim.at(leaf.place.clone());
        }
        claim.recommend(format!("Let one of `{}` follow the other, or merge them.", names.join("`, `")));
        claim.example("sh", format!("python manage.py makemigrations --merge {}", app.label));
    }
}
