//! Packages that import each other in cycles.

use crate::claim::{Area, Level};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Tangle};
use python::naming::counted;

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "packages-in-cycles",
    area: Area::Architecture,
    title: "Packages depend on each other in one direction",
    docs: include_str!("packages_in_cycles.md"),
    asvs: None,
    factor: None,
    run,
};

/// Limit on the packages reported: the largest cycles.
const SHOWN: usize = 3;
/// Limit on the imports and names shown of each.
const PLACES: usize = 4;

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let mut tangles: Vec<&Tangle> = evidence.structure.tangles.iter().collect();
    tangles.sort_by_key(|it| std::cmp::Reverse(it.imports));
    for tangle in tangles.into_iter().take(SHOWN) {
        let level = if tangle.members.len() > 2 { Level::Medium } else { Level::Low };
        let claim = out.presence(level, &[&tangle.package, &tangle.members[0]], text(tangle));
        let Some(first) = &tangle.first else { continue };
        let mut files: Vec<&str> = first.places.iter().map(|it| it.path.as_str()).collect();
        files.sort_unstable();
        files.dedup();
        claim.files(files.len());
        for place in first.places.iter().take(PLACES) {
            claim.at(place.clone());
        }
        let changed = first.places.len();
        let all = if tangle.cut == changed {
            format!("{} to change", counted(tangle.cut, "import"))
        } else {
            format!("{changed} of the {} to change", counted(tangle.cut, "import"))
        };
        let what = match (&first.title, first.places.first()) {
            (Some(title), _) => ticked(title, &tangle.members),
            (None, Some(place)) => format!("change the import at `{}:{}`", place.path, place.line),
            (None, None) => continue,
        };
        claim.recommend(format!("Begin with this: {what} ({all})."));
        claim.example("sh", "architrave deps\narchitrave modernize".to_owned());
    }
}

fn text(tangle: &Tangle) -> String {
    let package =
        if tangle.package.is_empty() { "the top level".to_owned() } else { format!("`{}`", tangle.package) };
    let members: Vec<String> = tangle.members.iter().take(PLACES).map(|it| format!("`{it}`")).collect();
    let names = match tangle.members.len() - members.len() {
        0 => members.join(", "),
        more => format!("{} and {more} more", members.join(", ")),
    };
    let hubs = tangle.hubs.iter().take(PLACES).map(|(name, by)| format!("{by} parts import `{name}`"));
    let hubs = hubs.collect::<Vec<_>>().join(", ");
    let hubs = if hubs.is_empty() { hubs } else { format!(" {hubs}.") };
    format!(
        "{} of the {} parts of {package} import each other in cycles, by {}: {names}.{hubs}",
        tangle.members.len(),
        tangle.parts,
        counted(tangle.imports, "import"),
    )
}

/// A step with the names of parts as code.
fn ticked(step: &str, members: &[String]) -> String {
    let is_name = |word: &str| members.iter().any(|it| it == word);
    let word = |word: &str| {
        let plain = word.trim_end_matches(',');
        if is_name(plain) { word.replacen(plain, &format!("`{plain}`"), 1) } else { word.to_owned() }
    };
    step.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
