//! Pictures in documents: a marker names the picture, and the text below it up to the closing marker is regenerated.
//!
//! ```text
//! <!-- architrave:diagram component -->
//! ...
//! <!-- /architrave:diagram -->
//! ```

use std::ops::Range;

const OPEN: &str = "<!-- architrave:diagram";
const CLOSE: &str = "<!-- /architrave:diagram -->";
const END: &str = "-->";

/// A picture in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The words after `architrave:diagram`: what to draw.
    pub words: Vec<String>,
    /// The one-based line of the marker.
    pub line: usize,
    /// The bytes between the markers.
    inside: Range<usize>,
}

/// A marker that isn't closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedError {
    /// Its one-based line.
    pub line: usize,
}

impl std::fmt::Display for MarkedError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the marker in line {} is not closed by `{CLOSE}`", self.line)
    }
}

impl std::error::Error for MarkedError {}

/// The pictures of a document, in order. Markers inside fenced code are examples.
///
/// # Errors
/// If a marker isn't closed.
pub fn blocks(document: &str) -> Result<Vec<Block>, MarkedError> {
    let mut found = Vec::new();
    let (mut at, mut fence): (usize, Option<&str>) = (0, None);
    let mut open: Option<(usize, Vec<String>, usize)> = None;
    for (index, line) in document.split_inclusive('\n').enumerate() {
        let (start, end) = (at, at + line.len());
        at = end;
        let trimmed = line.trim();
        if let Some((number, words, inside)) = &open {
            if trimmed == CLOSE {
                found.push(Block { words: words.clone(), line: *number, inside: *inside..start });
                open = None;
            } else if trimmed.starts_with(OPEN) {
                return Err(MarkedError { line: *number });
            }
            continue;
        }
        let mark = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(opened), Some(mark)) if opened == mark => fence = None,
            _ => {}
        }
        if fence.is_some() {
            continue;
        }
        let rest = trimmed.strip_prefix(OPEN).and_then(|rest| rest.strip_suffix(END));
        if let Some(rest) = rest {
            open = Some((index + 1, words(rest), end));
        }
    }
    match open {
        Some((line, ..)) => Err(MarkedError { line }),
        None => Ok(found),
    }
}

/// Words, with those in double quotes kept together.
fn words(text: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted, mut begun) = (Vec::new(), String::new(), false, false);
    for letter in text.chars() {
        match letter {
            '"' => {
                quoted = !quoted;
                begun = true;
            }
            _ if letter.is_whitespace() && !quoted => {
                if begun {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            _ => {
                word.push(letter);
                begun = true;
            }
        }
    }
    if begun {
        words.push(word);
    }
    words
}

/// The document with the given pictures, one for each of its `blocks`; line endings are kept.
pub fn refreshed(document: &str, blocks: &[Block], pictures: &[String]) -> String {
    let ending = if document.contains("\r\n") { "\r\n" } else { "\n" };
    let mut out = String::with_capacity(document.len());
    let mut at = 0;
    for (block, picture) in blocks.iter().zip(pictures) {
        out.push_str(document.get(at..block.inside.start).unwrap_or_default());
        for line in picture.trim_end().lines() {
            out.push_str(line);
            out.push_str(ending);
        }
        at = block.inside.end;
    }
    out.push_str(document.get(at..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = "# Shop\r\n\r\n<!-- architrave:diagram er --around \"Order Line\" -->\r\nold\r\n<!-- /architrave:diagram -->\r\n\
                            ```md\n<!-- architrave:diagram component -->\n```\nend";

    #[test]
    fn what_stands_between_markers_is_written_anew() {
        let blocks = blocks(DOCUMENT).expect("the marker is closed");
        assert_eq!(blocks.len(), 1);
        assert_eq!(
            (blocks[0].line, blocks[0].words.as_slice()),
            (3, ["er", "--around", "Order Line"].map(str::to_owned).as_slice())
        );
        let new = refreshed(DOCUMENT, &blocks, &["a\nb\n".to_owned()]);
        assert!(new.contains("-->\r\na\r\nb\r\n<!-- /architrave:diagram -->\r\n"), "{new:?}");
        assert!(new.ends_with("```\nend"), "{new:?}");
        assert_eq!(
            refreshed(&new, &super::blocks(&new).expect("the marker is closed"), &["a\nb".to_owned()]),
            new
        );
    }

    #[test]
    fn a_marker_that_is_not_closed_is_said() {
        assert_eq!(blocks("x\n<!-- architrave:diagram er -->\n"), Err(MarkedError { line: 2 }));
        let two =
            "<!-- architrave:diagram er -->\n<!-- architrave:diagram er -->\n<!-- /architrave:diagram -->\n";
        assert_eq!(blocks(two), Err(MarkedError { line: 1 }));
    }
}
