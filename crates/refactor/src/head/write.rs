//! An import statement as text, broken if it is too long.

use config::WrapMode;

use super::NewImport;
use crate::sorting::Layout;

/// The statement, with every line indented by `indentation`.
pub(crate) fn statement_text(new: &NewImport, layout: &Layout, indentation: &str, ending: &str) -> String {
    let above: Vec<String> = new.above.iter().map(|line| format!("{indentation}{line}{ending}")).collect();
    let above = above.concat();
    above + &without_above(new, layout, indentation, ending)
}

fn without_above(new: &NewImport, layout: &Layout, indentation: &str, ending: &str) -> String {
    let comment = new.comment.as_ref().map(|comment| format!("  {comment}")).unwrap_or_default();
    let Some(clause) = &new.clause else {
        return format!("{indentation}import {}{comment}", new.items.join(", "));
    };
    let flat = format!("{indentation}{clause} import {}", new.items.join(", "));
    let is_forced = layout.breaks(new.items.len());
    if (flat.chars().count() <= layout.length && !is_forced) || new.items.iter().any(|item| item == "*") {
        return flat + &comment;
    }
    broken(clause, &new.items, &comment, layout, indentation, ending)
}

/// The statement over several lines. `comment` includes its leading blanks.
pub(super) fn broken(
    clause: &str,
    items: &[String],
    comment: &str,
    layout: &Layout,
    indentation: &str,
    ending: &str,
) -> String {
    let start = format!("{indentation}{clause} import (");
    let inner = format!("{indentation}{}", layout.indentation);
    let comma = if layout.trailing_comma { "," } else { "" };
    let aligned = " ".repeat(start.chars().count());
    match layout.wrap {
        WrapMode::Grid if comment.is_empty() => {
            let body = filled(items, start.chars().count(), &aligned, layout.length, ending);
            format!("{start}{body}{comma})")
        }
        WrapMode::Vertical if comment.is_empty() => {
            format!("{start}{}{comma})", items.join(&format!(",{ending}{aligned}")))
        }
        WrapMode::VerticalGrid { grouped } => {
            let body = filled(items, inner.chars().count(), &inner, layout.length, ending);
            let close = if grouped { format!("{ending}{indentation}") } else { String::new() };
            format!("{start}{comment}{ending}{inner}{body}{comma}{close})")
        }
        WrapMode::Grid | WrapMode::Vertical | WrapMode::VerticalHanging => {
            let body = items.join(&format!(",{ending}{inner}"));
            format!("{start}{comment}{ending}{inner}{body}{comma}{ending}{indentation})")
        }
    }
}

/// As many items per line as fit with their commas; `used` characters precede the first.
fn filled(items: &[String], used: usize, indentation: &str, length: usize, ending: &str) -> String {
    let mut text = String::new();
    let mut width = used;
    for (index, item) in items.iter().enumerate() {
        let count = item.chars().count();
        if index == 0 {
            width += count;
        } else if width + 2 + count + 1 > length {
            text.push(',');
            text.push_str(ending);
            text.push_str(indentation);
            width = indentation.chars().count() + count;
        } else {
            text.push_str(", ");
            width += 2 + count;
        }
        text.push_str(item);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_statements() {
        let items = ["alpha", "beta", "gamma", "delta"];
        let text = |wrap, trailing_comma, length| {
            let layout =
                Layout { length, wrap, force_grid_wrap: 0, trailing_comma, indentation: "    ".to_owned() };
            let new = NewImport::from("from a.b".to_owned(), items.to_vec(), None);
            statement_text(&new, &layout, "", "\n")
        };
        assert_eq!(text(WrapMode::Grid, false, 41), "from a.b import alpha, beta, gamma, delta");
        let cases = [
            (WrapMode::Grid, false, "from a.b import (alpha, beta,\n                 gamma, delta)"),
            (
                WrapMode::Vertical,
                false,
                "from a.b import (alpha,\n                 beta,\n                 gamma,\n                 delta)",
            ),
            (
                WrapMode::VerticalHanging,
                true,
                "from a.b import (\n    alpha,\n    beta,\n    gamma,\n    delta,\n)",
            ),
            (
                WrapMode::VerticalGrid { grouped: true },
                true,
                "from a.b import (\n    alpha, beta, gamma, delta,\n)",
            ),
            (
                WrapMode::VerticalGrid { grouped: false },
                false,
                "from a.b import (\n    alpha, beta, gamma, delta)",
            ),
        ];
        for (wrap, comma, expected) in cases {
            assert_eq!(text(wrap, comma, 31), expected, "{wrap:?}");
        }
    }
}
