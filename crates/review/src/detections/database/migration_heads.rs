//! Migrations with several heads, or with a missing predecessor.

use crate::claim::{Area, Level};
use crate::detection::{Answers, Detection};
use crate::evidence::{App, Evidence, Migration};

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
            // One revision can't be out of line.
            if let [only] = heads.as_slice()
                && revisions.list.len() > 1
                && revisions.broken().is_empty()
            {
                let count = revisions.list.len();
                let text =
                    format!("The {count} revisions of `{}` end in `{}` alone.", revisions.folder, only.id);
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
    apps(evidence, out);
}

fn apps(evidence: &Evidence, out: &mut Answers<'_>) {
    let mut lines: Vec<(&App, &Migration)> = Vec::new();
    for app in evidence.apps.iter().filter(|it| !it.is_open && !it.list.is_empty()) {
        let leaves = app.leaves();
        let [_, _, ..] = leaves.as_slice() else {
            if let [only] = leaves.as_slice()
                && app.list.len() > 1
            {
                lines.push((app, only));
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
    lines.sort_by_key(|(app, _)| std::cmp::Reverse(app.list.len()));
    let Some((app, last)) = lines.first() else { return };
    let count = app.list.len();
    let text = match lines.len() {
        1 => format!("The {count} migrations of `{}` end in `{}` alone.", app.label, last.name),
        apps => format!(
            "The migrations of {apps} apps each end in one: the {count} of `{}` in `{}`, the {} of `{}` in `{}`{}.",
            app.label,
            last.name,
            lines[1].0.list.len(),
            lines[1].0.label,
            lines[1].1.name,
            if apps > 2 { format!(", and {} more", apps - 2) } else { String::new() },
        ),
    };
    let claim = out.fine(&["apps"], text);
    for (_, last) in lines.iter().take(2) {
        claim.at(last.place.clone());
    }
}
