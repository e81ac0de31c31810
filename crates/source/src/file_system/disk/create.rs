//! Creates a file with the permissions and the owner of another one.
#![allow(clippy::disallowed_methods, reason = "a part of the disk's file system")]

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};

use camino::Utf8Path;

pub(super) fn create(path: &Utf8Path, contents: &[u8], like: Option<&Utf8Path>) -> io::Result<()> {
    let model = like.map(fs::metadata).transpose()?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if model.is_some() {
        // The contents may be confidential; read permissions are set before the file gets its name.
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(contents)?;
    if let Some(model) = model {
        #[cfg(unix)]
        own(&file, &model);
        // After setting the owner, which clears some of the permissions.
        file.set_permissions(model.permissions())?;
    }
    Ok(())
}

/// Gives the file the owner and the group of another, as far as this user may: a user who can't change the owner can
/// often still set the group.
#[cfg(unix)]
fn own(file: &fs::File, model: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt as _, fchown};

    let Ok(own) = file.metadata() else { return };
    if (own.uid(), own.gid()) != (model.uid(), model.gid())
        && fchown(file, Some(model.uid()), Some(model.gid())).is_err()
    {
        let _ = fchown(file, None, Some(model.gid()));
    }
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn permissions_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        for mode in [0o600, 0o640, 0o755, 0o664] {
            let (model, new) = (root.join(format!("{mode:o}.py")), root.join(format!("{mode:o}.new")));
            fs::write(&model, "old").unwrap();
            fs::set_permissions(&model, fs::Permissions::from_mode(mode)).unwrap();
            create(&new, b"new", Some(&model)).unwrap();
            assert_eq!(fs::metadata(&new).unwrap().permissions().mode() & 0o7777, mode);
        }
    }
}
