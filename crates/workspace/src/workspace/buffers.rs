//! Open buffers: what an editor shows takes precedence over the disk.

use std::collections::hash_map::Entry;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use source::{Position, PositionEncoding, Span, Text};

use super::Workspace;
use crate::typed::Replaced;
use crate::{BufferEdit, Typed};

/// A buffer of an editor.
#[derive(Debug)]
pub(super) struct Buffer {
    /// The editor's version.
    pub(super) version: i32,
    /// The whole text.
    pub(super) text: Arc<Text>,
}

impl Buffer {
    fn new(version: i32, text: &Arc<Text>) -> Self {
        Self { version, text: Arc::clone(text) }
    }
}

impl Workspace {
    /// An editor opened a buffer. If opened twice (some editors do so after a rename), the newer text counts.
    pub(super) fn open(&mut self, path: Utf8PathBuf, version: i32, text: Arc<str>) {
        let text = Arc::new(Text::from_buffer(text));
        self.buffers.insert(path.clone(), Buffer::new(version, &text));
        match Arc::make_mut(&mut self.typed).entry(path) {
            Entry::Occupied(mut open) => open.get_mut().replaced(text),
            Entry::Vacant(new) => drop(new.insert(Typed::opened(text))),
        }
    }

    /// An editor changed a buffer.
    pub(super) fn edit(
        &mut self,
        path: &Utf8Path,
        version: i32,
        edits: &[BufferEdit],
        encoding: PositionEncoding,
    ) -> Result<(), String> {
        let Some(buffer) = self.buffers.get_mut(path) else {
            return Err("it was edited without having been opened".to_owned());
        };
        if version < buffer.version {
            return Err(format!("version {version} comes after version {}", buffer.version));
        }
        let (text, replaced) = edited(&buffer.text, edits, encoding);
        buffer.version = version;
        buffer.text = Arc::new(Text::from_buffer(text.into()));
        if let Some(typed) = Arc::make_mut(&mut self.typed).get_mut(path) {
            typed.edited(Arc::clone(&buffer.text), &replaced);
        }
        Ok(())
    }

    /// An editor closed a buffer.
    pub(super) fn close(&mut self, path: &Utf8Path) -> Result<(), String> {
        match self.buffers.remove(path) {
            Some(_) => {
                Arc::make_mut(&mut self.typed).remove(path);
                Ok(())
            }
            None => Err("it was closed without having been opened".to_owned()),
        }
    }
}

/// `text` after `edits`, and what each of them replaced in the text before it.
///
/// Positions past the end of a line or of the text are clamped; a range that ends before it starts is swapped. The line
/// index is rebuilt only if an edit is at or below the line of an earlier one (editors send several cursors from the
/// last to the first).
fn edited(text: &Text, edits: &[BufferEdit], encoding: PositionEncoding) -> (String, Vec<Replaced>) {
    let mut replaced = Vec::with_capacity(edits.len());
    let mut current = text.as_str().to_owned();
    let mut rebuilt: Option<Text> = None;
    let mut valid_lines = u32::MAX;
    for edit in edits {
        let Some((start, end)) = edit.range else {
            replaced.push(Replaced::between(&current, &edit.text));
            current.clone_from(&edit.text);
            valid_lines = 0;
            continue;
        };
        let (start, end) = (start.min(end), start.max(end));
        if end.line >= valid_lines {
            rebuilt = Some(Text::from_buffer(current.as_str().into()));
        }
        valid_lines = start.line;
        let span = bytes(rebuilt.as_ref().unwrap_or(text), start, end, encoding);
        current.replace_range(span.start as usize..span.end as usize, &edit.text);
        replaced.push(Replaced { span, len: edit.text.len() as u32 });
    }
    (current, replaced)
}

fn bytes(text: &Text, start: Position, end: Position, encoding: PositionEncoding) -> Span {
    let start = text.offset(start, encoding);
    Span::new(start, text.offset(end, encoding).max(start))
}

#[cfg(test)]
mod tests;
