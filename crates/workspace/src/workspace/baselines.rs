//! Finds and reads the baselines of the opened folders.

use std::collections::BTreeSet;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rules::baseline::{Baseline, Broken, FILE_NAME};
use source::FileKind;

use super::{Touched, Workspace};
use crate::Applied;
use crate::baselines::{Accepted, BaselineChoice};

impl Workspace {
    /// Reads again what may have changed. Looks only at files written beside the sources, so a keystroke costs nothing
    /// here.
    pub(super) fn settle_baselines(&mut self, touched: &Touched, applied: &mut Applied) {
        let told = touched.moved.iter().any(|path| self.is_baseline(path));
        if !(told || touched.rescan || touched.folders || applied.structural) {
            return;
        }
        let found: Vec<Arc<Accepted>> = match &self.baseline_choice {
            BaselineChoice::Nothing => Vec::new(),
            BaselineChoice::File(path) => {
                let path = path.clone();
                self.read_baseline(&path, self.base_of(&path)).into_iter().collect()
            }
            BaselineChoice::Nearest => {
                let paths =
                    self.places_of_baselines().into_iter().map(|folder| (folder.join(FILE_NAME), folder));
                paths.filter_map(|(path, folder)| self.read_baseline(&path, folder)).collect()
            }
        };
        if *found != *self.baselines {
            self.baselines = found.into();
            applied.changed = true;
        }
    }

    fn is_baseline(&self, path: &Utf8Path) -> bool {
        path.file_name() == Some(FILE_NAME)
            || matches!(&self.baseline_choice, BaselineChoice::File(chosen) if chosen == path)
    }

    /// Where baselines are searched: the opened folders, the folders in them that are configured or distributed
    /// separately, and their parents, up to the repository's root. Outer ones first.
    fn places_of_baselines(&self) -> BTreeSet<Utf8PathBuf> {
        let mut places = BTreeSet::new();
        for folder in self.folders.iter().filter(|folder| folder.project.is_some()) {
            places.extend(folder.configs.iter().filter_map(|path| Some(path.parent()?.to_owned())));
            for above in folder.root.ancestors() {
                places.insert(above.to_owned());
                if self.is_repository(above) {
                    break;
                }
            }
        }
        places
    }

    /// The folder that the paths of an explicitly named baseline are relative to: its own if the sources are below it;
    /// else the opened folder.
    fn base_of(&self, path: &Utf8Path) -> Utf8PathBuf {
        let own = path.parent().unwrap_or(path);
        match self.folders.first() {
            Some(folder) if !folder.root.starts_with(own) => folder.root.clone(),
            _ => own.to_owned(),
        }
    }

    fn read_baseline(&self, path: &Utf8Path, folder: Utf8PathBuf) -> Option<Arc<Accepted>> {
        let metadata = self.database.file_system.metadata(path).ok()?;
        if metadata.kind != FileKind::File {
            return None;
        }
        let known = self.baselines.iter().find(|known| known.path == path && known.folder == folder);
        if let Some(known) = known.filter(|known| known.stamp == metadata.stamp) {
            return Some(Arc::clone(known));
        }
        let unreadable = |message: String| Err(Broken { line: 1, message });
        let read = self.database.file_system.read(path);
        let (text, baseline) = match read.map(String::from_utf8) {
            Ok(Ok(text)) => {
                let baseline = Baseline::parse(&text);
                (text, baseline)
            }
            Ok(Err(_)) => (String::new(), unreadable("not a baseline: it is not UTF-8".to_owned())),
            Err(error) => (String::new(), unreadable(format!("can't be read: {error}"))),
        };
        let (path, text) = (path.to_owned(), text.into());
        Some(Arc::new(Accepted { path, folder, text, baseline, stamp: metadata.stamp }))
    }
}
