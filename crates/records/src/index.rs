//! A list of all records between markers, as adr-log writes it. With many contributors, it is better to generate such a
//! list than to commit it.

use camino::Utf8PathBuf;

use crate::change::Changes;
use crate::log::Log;
use crate::status::Word;

const OPEN: &str = "<!-- adrlog -->";
const CLOSE: &str = "<!-- adrlogstop -->";

/// The list of all records in a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// The lines of the list, with line endings.
    pub text: String,
    /// The files that contain the markers.
    pub files: Vec<Utf8PathBuf>,
    /// The changes that update the files; empty if all are up to date.
    pub changes: Changes,
}

/// The list, and the changes that update it.
pub fn index(log: &Log) -> Index {
    let mut changes = Changes::default();
    renew(&mut changes, log);
    let marked = log.others.iter().filter(|(_, text)| inside(text).is_some());
    Index { text: text(log), files: marked.map(|(path, _)| path.clone()).collect(), changes }
}

/// Updates the list between the markers in the files of the log's folder.
pub(crate) fn renew(changes: &mut Changes, log: &Log) {
    for (path, text_before) in &log.others {
        let list = text(log);
        changes.edit(path, text_before, |text| match inside(text) {
            Some(inside) => {
                let mut after = text.to_owned();
                after.replace_range(inside, &format!("\n\n{list}\n"));
                after
            }
            None => text.to_owned(),
        });
    }
}

/// The range between the markers.
fn inside(text: &str) -> Option<std::ops::Range<usize>> {
    let start = text.find(OPEN)? + OPEN.len();
    let end = start + text[start..].find(CLOSE)?;
    Some(start..end)
}

fn text(log: &Log) -> String {
    let mut sorted: Vec<_> = log.records.iter().collect();
    sorted.sort_by(|a, b| (&a.id, &a.path).cmp(&(&b.id, &b.path)));
    let line = |record: &&crate::Record| {
        let status = record.status.as_ref().and_then(|status| status.word);
        let status = match status.filter(|word| *word != Word::Accepted) {
            Some(word) => format!(" ({})", word.as_str()),
            None => String::new(),
        };
        format!("* [{}]({}) - {}{status}\n", record.called(), record.file_name(), record.title)
    };
    sorted.iter().map(line).collect()
}
