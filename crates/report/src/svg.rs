//! Pictures as SVG, drawn here: no external program and no network is needed, and the same picture gives the same
//! bytes.

mod arrows;
mod boxes;
mod layout;
mod sequence;
#[cfg(test)]
mod tests;
mod text;

use std::fmt::Write as _;

pub use boxes::graph;
pub use sequence::sequence;

use text::{cut, lines, title_width, width};

/// Around everything.
const MARGIN: usize = 24;
/// Wider pictures aren't widened for their title, which is cut.
const MOST_FOR_TITLE: usize = 1_200;
/// Sentences below a picture have at least this room.
const LEAST_FOR_NOTES: usize = 480;
/// The height of a line below a picture.
const NOTE: usize = 18;

/// The colours of both colour schemes, and the arrowheads.
const STYLE: &str = "<style>\
text{font:12px system-ui,sans-serif;fill:#22252a}.soft{fill:#6a707a;font-size:11px}.title{font-size:14px;font-weight:600}\
.box{fill:#fff;stroke:#9aa0aa}.lane{fill:#7f7f7f;fill-opacity:.07}.line{fill:none;stroke:#7a818c}\
.label{font-size:10px}.against{stroke:#d1242f;stroke-width:1.6}.label.red{fill:#d1242f}\
.cycle{stroke:#b06f00;stroke-dasharray:6 3}.dashed{stroke-dasharray:4 3}\
.halo{paint-order:stroke;stroke:#fbfbfa;stroke-width:3px}\
.ground{fill:#fbfbfa}.frame{fill:none;stroke:#4a78c2;stroke-opacity:.55}\
@media (prefers-color-scheme:dark){text{fill:#dfe1e5}.soft{fill:#9aa0aa}.ground{fill:#1e1f22}.box{fill:#2a2c30}\
.halo{stroke:#1e1f22}}\
</style>\
<defs><marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto-start-reverse\">\
<path d=\"M0 0 8 4 0 8z\" fill=\"#7a818c\"/></marker>\
<marker id=\"head-against\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto-start-reverse\">\
<path d=\"M0 0 8 4 0 8z\" fill=\"#d1242f\"/></marker></defs>";

/// A picture's frame: its title above, and what was left out below.
struct Frame {
    width: usize,
    notes: Vec<String>,
}

impl Frame {
    /// A frame around a drawing of this width.
    fn around(drawing: usize, title: &str, left_out: &[String]) -> Self {
        let wanted = (title_width(title) + 2 * MARGIN).min(MOST_FOR_TITLE);
        let least = if left_out.is_empty() { 0 } else { LEAST_FOR_NOTES };
        let width = drawing.max(wanted).max(least);
        let notes = left_out.iter().flat_map(|sentence| lines(sentence, width - 2 * MARGIN)).collect();
        Self { width, notes }
    }

    /// The picture of a drawing that ends at `bottom`; `body` is drawn below the title.
    fn picture(&self, title: &str, bottom: usize, body: &str) -> String {
        let mut out = begin(self.width, bottom + NOTE * self.notes.len(), title);
        let room = ((self.width - 2 * MARGIN) * 3).div_ceil(4);
        let title = escaped(&cut(title, room));
        let _ = writeln!(out, "<text class=\"title\" x=\"{MARGIN}\" y=\"26\">{title}</text>");
        out.push_str(body);
        for (index, line) in self.notes.iter().enumerate() {
            let y = bottom + NOTE * index;
            let _ = writeln!(out, "<text class=\"soft\" x=\"{MARGIN}\" y=\"{y}\">{}</text>", escaped(line));
        }
        out.push_str("</svg>\n");
        out
    }
}

/// The start of a picture of this size.
fn begin(width: usize, height: usize, title: &str) -> String {
    let title = escaped(title);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-label=\"{title}\">\n<title>{title}</title>{STYLE}\n\
         <rect class=\"ground\" width=\"{width}\" height=\"{height}\"/>\n"
    )
}

/// Text escaped for XML, on one line.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter if letter.is_control() || letter == '\u{fffe}' || letter == '\u{ffff}' => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}
