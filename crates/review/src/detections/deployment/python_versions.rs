//! Python versions that files disagree on.

use std::str::FromStr;

use pep440_rs::{Version, VersionSpecifiers};
use report::deployment::{document::Node, filled};

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::Evidence;

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "python-versions",
    area: Area::Deployment,
    title: "Files agree on the version of Python",
    docs: include_str!("python_versions.md"),
    asvs: None,
    factor: Some(10),
    run,
};

/// A version in a file.
struct Named {
    version: Version,
    words: String,
    place: Place,
}

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    for (folder, specifiers, written, place) in required(evidence) {
        let mut agrees = Vec::new();
        let mut is_wrong = false;
        let of_folder = |it: &&Named| owner(evidence, &it.place.path) == folder;
        let all = images(evidence).into_iter().chain(pinned(evidence));
        for named in all.collect::<Vec<_>>().iter().filter(of_folder) {
            if specifiers.contains(&named.version) {
                agrees.push(named.place.clone());
                continue;
            }
            is_wrong = true;
            let text = format!("{}, and `{}` requires `{written}`.", named.words, place.path);
            let claim =
                out.contradiction(Level::High, &[&named.place.path, &named.version.to_string()], text);
            claim.at(named.place.clone()).at(place.clone());
            claim.recommend(format!("Say one version in `{}` and `{}`.", named.place.path, place.path));
        }
        if !is_wrong && !agrees.is_empty() {
            let text =
                format!("`{}` requires `{written}`, and what is built and pinned keeps to it.", place.path);
            let claim = out.fine(&[&place.path], text);
            claim.at(place.clone());
            for place in agrees {
                claim.at(place);
            }
        }
    }
    untested(evidence, out);
}

/// An image with a version that no CI job runs, if jobs name versions.
fn untested(evidence: &Evidence, out: &mut Answers<'_>) {
    let tested = tested(evidence);
    if tested.is_empty() {
        return;
    }
    let minor = |version: &Version| version.release().iter().take(2).copied().collect::<Vec<_>>();
    for image in images(evidence) {
        if image.version.release().len() < 2
            || tested.iter().any(|it| minor(&it.version) == minor(&image.version))
        {
            continue;
        }
        let mut versions: Vec<String> = tested.iter().map(|it| it.version.to_string()).collect();
        versions.dedup();
        let text =
            format!("{}, and `{}` tests with {}.", image.words, tested[0].place.path, versions.join(", "));
        let claim = out.contradiction(
            Level::Medium,
            &[&image.place.path, "tested", &image.version.to_string()],
            text,
        );
        claim.at(image.place.clone()).at(tested[0].place.clone());
        claim.recommend(format!(
            "Test with {} in `{}`, or build on what is tested.",
            image.version, tested[0].place.path
        ));
    }
}

/// The requirement of each project file: the folder, the specifiers, as written, and the position.
fn required(evidence: &Evidence) -> Vec<(String, VersionSpecifiers, String, Place)> {
    let mut found = Vec::new();
    for file in evidence.files.iter().filter(|it| it.path.rsplit('/').next() == Some("pyproject.toml")) {
        let Ok(parsed) = file.text.parse::<toml::Table>() else { continue };
        let plain =
            parsed.get("project").and_then(|it| it.get("requires-python")).and_then(toml::Value::as_str);
        let poetry = || {
            let poetry = parsed.get("tool")?.get("poetry")?.get("dependencies")?.get("python")?;
            poetry.as_str()
        };
        let (Some(written), key) = (match plain {
            Some(it) => (Some(it), "requires-python"),
            None => (poetry(), "python"),
        }) else {
            continue;
        };
        let Some(specifiers) = specifiers(written) else { continue };
        let line = file
            .text
            .lines()
            .position(|line| line.trim_start().starts_with(key))
            .map_or(1, |at| at as u32 + 1);
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        found.push((folder.to_owned(), specifiers, written.to_owned(), Place::new(file.path.clone(), line)));
    }
    found
}

/// Specifiers, including Poetry's form: `^3.11` is `>=3.11,<4`.
fn specifiers(written: &str) -> Option<VersionSpecifiers> {
    let mut parts = Vec::new();
    for part in written.split(',') {
        let part = part.trim();
        if let Some(base) = part.strip_prefix('^') {
            let major: u64 = base.split('.').next()?.parse().ok()?;
            parts.push(format!(">={base}"));
            parts.push(format!("<{}", major + 1));
        } else if let Some(base) = part.strip_prefix('~').filter(|it| !it.starts_with('=')) {
            let mut numbers = base.split('.');
            let (major, minor) = (numbers.next()?, numbers.next()?.parse::<u64>().ok()?);
            parts.push(format!(">={base}"));
            parts.push(format!("<{major}.{}", minor + 1));
        } else if part.starts_with(|it: char| it.is_ascii_digit()) {
            parts.push(format!("=={part}"));
        } else {
            parts.push(part.to_owned());
        }
    }
    VersionSpecifiers::from_str(&parts.join(",")).ok()
}

/// The folder of the project file that a file belongs to.
fn owner(evidence: &Evidence, path: &str) -> String {
    let mut folders: Vec<&str> = evidence
        .files
        .iter()
        .filter(|it| it.path.rsplit('/').next() == Some("pyproject.toml"))
        .map(|it| it.path.rsplit_once('/').map_or("", |(folder, _)| folder))
        .filter(|folder| folder.is_empty() || path.starts_with(&format!("{folder}/")))
        .collect();
    folders.sort_by_key(|it| std::cmp::Reverse(it.len()));
    folders.first().map(|it| (*it).to_owned()).unwrap_or_default()
}

/// Versions of Python images in Dockerfiles: only of the last stage, which is what runs.
fn images(evidence: &Evidence) -> Vec<Named> {
    let mut found = Vec::new();
    for image in &evidence.stated.images {
        let Some(base) = &image.base else { continue };
        let mut full = base.clone();
        for (name, value) in &image.arguments {
            full = full.replace(&format!("${{{name}}}"), value).replace(&format!("${name}"), value);
        }
        let full = filled(&full);
        let last = full.rsplit('/').next().unwrap_or(&full);
        let Some((name, tag)) = last.split_once(':') else { continue };
        let version = match name {
            "python" => tag.split('-').next(),
            "uv" => tag.split_once("python").map(|(_, rest)| rest.split('-').next().unwrap_or(rest)),
            _ => None,
        };
        let Some(version) = version.and_then(whole) else { continue };
        let line = image.bases.iter().rev().find(|(it, _)| it == base).map_or(1, |(_, line)| *line);
        found.push(Named {
            words: format!("`{}` builds on `{name}:{tag}`", image.file),
            version,
            place: Place::new(image.file.clone(), line),
        });
    }
    found
}

/// Versions of `.python-version` and `runtime.txt`.
fn pinned(evidence: &Evidence) -> Vec<Named> {
    let mut found = Vec::new();
    for file in &evidence.files {
        let name = file.path.rsplit('/').next().unwrap_or(&file.path);
        let said = match name {
            ".python-version" => file.text.lines().next(),
            "runtime.txt" => file.text.trim().strip_prefix("python-"),
            _ => None,
        };
        let Some(version) = said.and_then(whole) else { continue };
        found.push(Named {
            words: format!("`{}` pins {version}", file.path),
            version,
            place: Place::new(file.path.clone(), 1),
        });
    }
    found
}

/// Versions set up by GitHub jobs.
fn tested(evidence: &Evidence) -> Vec<Named> {
    let mut found = Vec::new();
    // A workflow that only releases may use any.
    let runs_tests = |text: &str| {
        [
            " pytest",
            "tox",
            "nox",
            "unittest",
            "manage.py test",
            "make test",
            "just test",
            "hatch test",
            "coverage run",
        ]
        .iter()
        .any(|it| text.contains(it))
    };
    let workflows = evidence.files.iter().filter(|it| it.path.starts_with(".github/workflows/"));
    for file in workflows.filter(|it| runs_tests(&it.text)) {
        for document in Node::documents(&file.text).unwrap_or_default() {
            let mut open: Vec<&Node> = vec![&document];
            while let Some(node) = open.pop() {
                for (line, key, value) in node.entries() {
                    open.push(value);
                    if !matches!(key.as_str(), "python-version" | "python") {
                        continue;
                    }
                    for said in value.items().iter().chain([value]).filter_map(Node::scalar) {
                        let Some(version) = whole(&said) else { continue };
                        found.push(Named {
                            words: String::new(),
                            version,
                            place: Place::new(file.path.clone(), *line),
                        });
                    }
                }
                open.extend(node.items());
            }
        }
    }
    found.sort_by(|one, other| (&one.place, &one.version).cmp(&(&other.place, &other.version)));
    found
}

/// A version with a minor number.
fn whole(text: &str) -> Option<Version> {
    let text = text.trim();
    let is_plain = text.contains('.') && text.chars().all(|it| it.is_ascii_digit() || it == '.');
    is_plain.then(|| Version::from_str(text).ok())?
}
