//! Text with links, as the client shows it.

use ide::{Link, Words};
use source::PositionEncoding;

use crate::proto::{Location, MarkupContent, MarkupKind, explain_uri, range_of_span};
use crate::view::View;

/// The text in the client's format; `markdown` is whether it accepts Markdown there.
pub(crate) fn markup(view: &View, words: &Words, markdown: bool) -> MarkupContent {
    if markdown {
        MarkupContent { kind: MarkupKind::Markdown, value: words.markdown(|link| target(view, link)) }
    } else {
        MarkupContent { kind: MarkupKind::PlainText, value: words.plain() }
    }
}

/// The target of a link: editors open a file at the line of the fragment `L12`.
fn target(view: &View, link: Link) -> Option<String> {
    match link {
        Link::Place(place) => {
            let (uri, text) = view.uri_and_text(place.file)?;
            let line = text.position(place.span.start, PositionEncoding::Utf8).line;
            Some(format!("{}#L{}", uri.as_str(), line + 1))
        }
        // Clients without the command get none: there is no page to link to.
        Link::Rule(id) => view.features.explains_rules.then(|| explain_uri(id))?.map(|uri| uri.to_string()),
    }
}

/// A place in the client's coordinates.
pub(crate) fn location(view: &View, place: ide::Place) -> Option<Location> {
    let (uri, text) = view.uri_and_text(place.file)?;
    Some(Location { uri, range: range_of_span(&text, place.span, view.encoding()) })
}
