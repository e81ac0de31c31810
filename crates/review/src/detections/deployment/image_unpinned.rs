//! An image whose base changes by itself.

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, is_named_for_development};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "image-unpinned",
    area: Area::Deployment,
    title: "Images name the version of their base",
    docs: include_str!("image_unpinned.md"),
    asvs: None,
    factor: Some(5),
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    for image in evidence.stated.images.iter().filter(|it| !is_named_for_development(&it.file)) {
        let is_started =
            evidence.started().any(|(it, _)| evidence.service(it).dockerfile.as_deref() == Some(&image.file));
        if !is_started {
            continue;
        }
        for (base, line) in &image.bases {
            if !is_open(base) {
                continue;
            }
            let text =
                format!("`{}` is built from `{base}`: another build may have another version.", image.file);
            let claim = out.presence(Level::Low, &[&image.file, base], text);
            claim.at(Place::new(image.file.clone(), *line));
            claim.recommend(format!("Name the version of `{base}` in `{}`.", image.file));
        }
    }
}

/// Whether a base has no version. Names with variables aren't known, and `scratch` has none.
fn is_open(base: &str) -> bool {
    if base.contains(['$', '@']) || base == "scratch" {
        return false;
    }
    let last = base.rsplit('/').next().unwrap_or(base);
    last.split_once(':').is_none_or(|(_, tag)| tag == "latest")
}
