//! Pictures as SVG, drawn here: no external program and no network is needed, and the same picture gives the same
//! bytes.

mod boxes;
mod layout;
mod sequence;
#[cfg(test)]
mod tests;

pub use boxes::graph;
pub use sequence::sequence;

/// The assumed width of a letter; fonts differ, and text must fit in all of them.
const LETTER: usize = 7;

/// The colours of both colour schemes, and the arrowheads.
const STYLE: &str = "<style>\
text{font:12px system-ui,sans-serif;fill:#22252a}.soft{fill:#6a707a;font-size:11px}.title{font-size:14px;font-weight:600}\
.box{fill:#fff;stroke:#9aa0aa}.lane{fill:#7f7f7f;fill-opacity:.07}.line{fill:none;stroke:#7a818c}\
.label{font-size:10px}.against{stroke:#d1242f}.against+.label{fill:#d1242f}\
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

/// Text cut to this many letters.
fn cut(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    let mut out: String = text.chars().take(letters.saturating_sub(1)).collect();
    out.push('…');
    out
}

/// The width of text.
fn width(text: &str) -> usize {
    text.chars().count() * LETTER
}
