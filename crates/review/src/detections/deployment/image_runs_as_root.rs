//! An image whose processes run as root.

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, is_for_development, is_named_for_development, is_shell};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "image-runs-as-root",
    area: Area::Deployment,
    title: "Images run as a user of their own",
    docs: include_str!("image_runs_as_root.md"),
    asvs: Some("V13 Configuration"),
    factor: None,
    run,
};

/// Images that run as root unless told otherwise.
const ROOT: &[&str] =
    &["python", "debian", "ubuntu", "alpine", "buildpack-deps", "uv", "amazonlinux", "fedora"];

/// Programs with which an entry point switches to another user.
const SWITCHES: &[&str] = &["gosu", "su-exec", "setpriv", "runuser", "chroot", "--uid", "su -"];

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    // A manifest may set the user for all images.
    let is_set_elsewhere = evidence.services().iter().any(|it| it.has_user);
    for image in evidence.stated.images.iter().filter(|it| !is_named_for_development(&it.file)) {
        let mut starts = evidence.started().filter(|(launch, _)| {
            let service = evidence.service(launch);
            service.dockerfile.as_deref() == Some(&image.file) && !is_for_development(service)
        });
        let Some((launch, _)) = starts.next() else { continue };
        let is_root = |user: &str| matches!(user.split(':').next(), Some("root" | "0"));
        if let Some((user, at)) = image.user.as_ref().filter(|(user, _)| !is_root(user)) {
            if !user.contains('$') {
                let text = format!("`{}` switches to the user `{user}`.", image.file);
                out.fine(&[&image.file], text).at(at);
            }
            continue;
        }
        let is_known = image.user.is_some() || image.base.as_deref().is_some_and(has_root);
        let switches = evidence.files.iter().any(|file| {
            let is_start =
                is_shell(&file.path) || file.path.contains("entrypoint") || file.path == image.file;
            is_start && SWITCHES.iter().any(|it| file.text.contains(it))
        });
        if is_set_elsewhere || !is_known || switches {
            continue;
        }
        let text = format!("`{}` runs as root in the image of `{}`.", launch.name(), image.file);
        let claim = out.presence(Level::Medium, &[&image.file], text);
        claim.at(&launch.at);
        let from = image.bases.last().map(|(_, line)| Place::new(image.file.clone(), *line));
        claim.places.extend(from);
        claim.recommend(format!("Add a user to `{}`, and switch to it before the command.", image.file));
        claim.example("dockerfile", "RUN useradd --system app\nUSER app");
    }
}

/// Whether a base is one that runs as root.
fn has_root(base: &str) -> bool {
    let name = base.rsplit('/').next().unwrap_or(base);
    let name = name.split([':', '@']).next().unwrap_or(name);
    !name.contains('$') && ROOT.contains(&name)
}
