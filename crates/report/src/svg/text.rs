//! The size of text, which is estimated: no font is at hand, and those of readers differ.

/// The width of a letter of 12 px, in the widest of the usual fonts.
fn letter(letter: char) -> usize {
    match letter {
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '→' | '…' | '—' => 12,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '|' | '!' | '\'' | ' ' => 4,
        'f' | 'r' | 't' | '(' | ')' | '[' | ']' | '/' | '-' => 6,
        letter if letter.is_uppercase() => 10,
        // Hangul, Han, kana, emoji: at least as wide as high.
        letter if letter >= '\u{1100}' => 16,
        _ => 8,
    }
}

/// The width of text of 12 px.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(letter).sum()
}

/// The width of a title: larger and bold.
pub(super) fn title_width(text: &str) -> usize {
    width(text) * 4 / 3
}

/// Text cut to this width.
pub(super) fn cut(text: &str, most: usize) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut left = most.saturating_sub(letter('…'));
    let mut out = String::new();
    for it in text.chars() {
        match left.checked_sub(letter(it)) {
            Some(less) => left = less,
            None => break,
        }
        out.push(it);
    }
    out.push('…');
    out
}

/// Text in lines of at most this width, broken at spaces, and within words that are longer.
pub(super) fn lines(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && width(&line) + letter(' ') + width(word) > most {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        for it in word.chars() {
            if !line.is_empty() && width(&line) + letter(it) > most {
                lines.push(std::mem::take(&mut line));
            }
            line.push(it);
        }
    }
    lines.extend((!line.is_empty()).then_some(line));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_no_longer_than_their_room_and_lose_nothing() {
        let word = "parcels.application.services.dispatch".repeat(4);
        let text = format!("3 packages are folded: {word}, 注文 and others");
        for most in [80, 240, 10_000] {
            let lines = lines(&text, most);
            assert!(lines.iter().all(|line| width(line) <= most), "{most}: {lines:?}");
            let letters = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(letters(&lines.concat()), letters(&text));
        }
        assert_eq!(lines(&text, 10_000).len(), 1);
        assert!(lines("  ", 100).is_empty());
    }

    #[test]
    fn text_is_cut_to_its_room() {
        assert_eq!(cut("orders", 100), "orders");
        let shown = cut("ORDERS_WITH_A_LONG_NAME", 100);
        assert!(width(&shown) <= 100 && shown.ends_with('…') && shown.starts_with("ORDERS"), "{shown}");
    }
}
