//! The literal commands of a shell script.

/// One command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Its words, without quotes.
    pub(super) words: Vec<String>,
    /// One-based.
    pub(super) number: u32,
    /// Whether it is in an `if`, a `case` or a function.
    pub(super) is_conditional: bool,
}

/// The commands of a script, in order.
pub(super) fn commands(text: &str) -> Vec<Line> {
    let mut found = Vec::new();
    let (mut open, mut depth) = (String::new(), 0_usize);
    let mut begin = 0_u32;
    for (index, line) in text.lines().enumerate() {
        if open.is_empty() {
            begin = index as u32 + 1;
        }
        let line = line.trim();
        if line.starts_with('#') {
            continue;
        }
        if let Some(rest) = line.strip_suffix('\\') {
            open.push_str(rest);
            open.push(' ');
            continue;
        }
        open.push_str(line);
        let whole = std::mem::take(&mut open);
        let first = whole.split_whitespace().next().unwrap_or_default();
        match first.trim_end_matches(';') {
            "fi" | "esac" | "done" | "}" => depth = depth.saturating_sub(1),
            _ => {
                let words: Vec<String> = whole.split_whitespace().map(unquoted).collect();
                let opens =
                    matches!(first, "if" | "case" | "while" | "for" | "until") || whole.ends_with("() {");
                let closes = words.iter().any(|it| matches!(it.as_str(), "fi" | "esac" | "done"));
                if !words.is_empty() {
                    let is_conditional = depth > 0 || opens;
                    found.push(Line { words, number: begin, is_conditional });
                }
                depth += usize::from(opens && !closes);
            }
        }
    }
    found
}

fn unquoted(word: &str) -> String {
    word.trim_end_matches(';').trim_matches(['"', '\'']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_under_a_condition_are_marked() {
        let text = "#!/bin/sh\nset -e\nif [ \"$DEV\" = 1 ]; then\n  uvicorn a:b --reload\nfi\nexec gunicorn \\\n  -w 4 \"a:b\"\nexec \"$@\"\n";
        let found = commands(text);
        let shown: Vec<(String, u32, bool)> =
            found.iter().map(|it| (it.words.join(" "), it.number, it.is_conditional)).collect();
        assert_eq!(shown[2], ("uvicorn a:b --reload".to_owned(), 4, true));
        assert_eq!(shown[3], ("exec gunicorn -w 4 a:b".to_owned(), 6, false));
        assert_eq!(shown[4].0, "exec $@");
    }
}
