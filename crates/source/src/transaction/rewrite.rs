//! A file written by several processes: read, changed and written by one of them at a time.

use std::io;

use camino::Utf8Path;

use super::error::{Reason, Refusal};
use super::step::is_nothing;
use super::{Patience, Transaction, WriteError, lock, real_folder, recover};
use crate::FileSystem;

/// Reads the file at `path` (`None` if it doesn't exist), and writes the result of `change`; if that is `None`, nothing
/// is written. No other process using this function can intervene. If an editor saves the file in the meantime,
/// `change` is applied again to the saved contents. A link to a file inside `workspace` is preserved. Returns whether
/// anything was written.
///
/// # Errors
/// Those of `change`, and a [`WriteError`].
pub fn rewrite<E: From<WriteError>>(
    fs: &dyn FileSystem,
    path: &Utf8Path,
    workspace: &Utf8Path,
    patience: Patience,
    mut change: impl FnMut(Option<&str>) -> Result<Option<String>, E>,
) -> Result<bool, E> {
    /// The maximum number of attempts when another program keeps writing the file.
    const ATTEMPTS: usize = 20;
    let failed = |error| WriteError::failed(path.to_owned(), error);
    let refused = |reason| WriteError::Refused(vec![Refusal { path: path.to_owned(), reason }]);
    let workspace = real_folder(fs, workspace)?;
    // Other processes lock the target of a link, and it is replaced in its own folder.
    let real = match fs.is_link(path) {
        Ok(true) => fs.real_path(path).map_err(|_| refused(Reason::NoFile))?,
        Ok(false) => fs.real_path(path).map_err(failed)?,
        Err(error) if is_nothing(&error) => match (path.parent(), path.file_name()) {
            (Some(folder), Some(name)) => real_folder(fs, folder)?.join(name),
            _ => return Err(refused(Reason::NoFile).into()),
        },
        Err(error) => return Err(failed(error).into()),
    };
    let Some(folder) = real.parent().filter(|_| real.starts_with(&workspace)) else {
        return Err(refused(Reason::Outside(real)).into());
    };
    let _lock = lock(fs, folder, patience)?;
    recover::recover_locked(fs, folder)?;
    for attempt in 0.. {
        let before = match fs.read(&real) {
            Ok(bytes) => Some(String::from_utf8(bytes).map_err(io::Error::other).map_err(failed)?),
            Err(error) if is_nothing(&error) => None,
            Err(error) => return Err(failed(error).into()),
        };
        let Some(after) = change(before.as_deref())? else { return Ok(false) };
        let mut transaction = Transaction::new(folder);
        match before {
            Some(before) => transaction.replace(&real, before.into_bytes(), after.into_bytes()),
            None => transaction.create(&real, after.into_bytes()),
        }
        match transaction.carry_out_locked(fs, folder, &mut None) {
            Err(WriteError::Refused(refusals)) if attempt < ATTEMPTS && is_changed(&refusals) => {}
            outcome => return Ok(outcome.map(|()| true)?),
        }
    }
    Ok(false)
}

fn is_changed(refusals: &[Refusal]) -> bool {
    refusals.iter().all(|refusal| matches!(refusal.reason, Reason::Changed | Reason::Gone | Reason::Exists))
}
