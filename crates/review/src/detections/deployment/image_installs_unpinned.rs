//! An image that installs what is newest when it is built.

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::Evidence;

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "image-installs-unpinned",
    area: Area::Deployment,
    title: "Images install the same every time",
    docs: include_str!("image_installs_unpinned.md"),
    asvs: None,
    factor: Some(2),
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    for image in &evidence.stated.images {
        let Some(file) = evidence.files.iter().find(|it| it.path == image.file) else { continue };
        for (index, line) in file.text.lines().enumerate() {
            // A file of constraints pins what another one names.
            if !line.contains("pip install") || line.contains(" -c ") || line.contains("--constraint") {
                continue;
            }
            for name in required(line) {
                open_ones(evidence, (&image.file, index as u32 + 1), name, out);
            }
        }
    }
}

/// The files of requirements that a command installs.
fn required(line: &str) -> Vec<&str> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let follows = |pair: &[&str]| matches!(pair[0], "-r" | "--requirement" | "--requirements");
    words.windows(2).filter(|it| follows(it)).map(|it| it[1]).collect()
}

fn open_ones(evidence: &Evidence, (image, line): (&str, u32), name: &str, out: &mut Answers<'_>) {
    let wanted = name.trim_start_matches("./").trim_start_matches('/');
    let last = wanted.rsplit('/').next().unwrap_or(wanted);
    // Where an image copies it to isn't where it is: the name decides, if only one file has it.
    let ends = |path: &&String| path.as_str() == wanted || path.rsplit('/').next() == Some(last);
    let mut files = evidence.locked.files.iter().filter(ends);
    let (Some(path), None) = (files.next(), files.next()) else { return };
    let all: Vec<_> = evidence.locked.packages.values().flatten().filter(|it| it.file == *path).collect();
    let open: Vec<_> = all.iter().filter(|it| it.version.is_none()).collect();
    let Some(first) = open.iter().min_by_key(|it| it.line) else { return };
    let others = if open.len() > 1 { format!(", as `{}`", first.name) } else { String::new() };
    let what = match (open.len(), all.len()) {
        (1, _) => format!("`{}` has no exact version", first.name),
        (count, all) => format!("{count} of its {all} packages have no exact version{others}"),
    };
    let text = format!("`{image}` installs `{path}`, in which {what}: two builds of one commit may differ.");
    let claim = out.presence(Level::Low, &[image, path], text);
    claim.at(Place::new(path.clone(), first.line)).at(Place::new(image, line));
    claim.recommend(format!("Let a resolver write exact versions for `{image}` from `{path}`."));
    claim.example("sh", format!("uv pip compile {path} -o requirements.lock"));
}
