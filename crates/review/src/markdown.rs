//! The report as Markdown.

use std::fmt::Write as _;

use crate::document::{Block, blocks};
use crate::report::Review;

/// The report for a pull request or a wiki.
pub fn markdown(review: &Review) -> String {
    let mut out = String::new();
    for block in blocks(review) {
        write(&mut out, &block, "");
    }
    out
}

fn write(out: &mut String, block: &Block, indent: &str) {
    // Writing to a string never fails.
    let _ = match block {
        Block::Heading(depth, words) => {
            let begin = if out.is_empty() { "" } else { "\n" };
            writeln!(out, "{begin}{} {}", "#".repeat(usize::from(*depth)), escaped(words))
        }
        Block::Paragraph(words) => writeln!(out, "\n{indent}{}", escaped(words)),
        Block::List(items) => {
            let lines = items.iter().map(|it| format!("{indent}- {}\n", escaped(it)));
            write!(out, "\n{}", lines.collect::<String>())
        }
        Block::Table(heads, rows) => {
            let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
            let head = line(heads.iter().map(|it| (*it).to_owned()).collect());
            let rule = line(heads.iter().map(|_| "---".to_owned()).collect());
            let cell = |it: &String| escaped(it).replace('|', "\\|").replace('\n', " ");
            let rows = rows.iter().map(|row| line(row.iter().map(cell).collect()));
            write!(out, "\n{head}{rule}{}", rows.collect::<String>())
        }
        Block::Code(language, text) => {
            // A fence is longer than any in the text.
            let longest = text.split(|it| it != '`').map(str::len).max().unwrap_or_default();
            let fence = "`".repeat(longest.max(2) + 1);
            let lines = text.lines().map(|it| format!("{indent}{it}\n"));
            let lines = lines.collect::<String>();
            write!(out, "\n{indent}{fence}{language}\n{lines}{indent}{fence}\n")
        }
        Block::Claim(level, words, below) => {
            let level = level.map(|it| format!("**{}** ", it.as_str())).unwrap_or_default();
            let done = writeln!(out, "\n- {level}{}", escaped(words));
            for block in below {
                write(out, block, "  ");
            }
            done
        }
    };
}

/// Escapes text outside backticks, so that no name in it starts markup.
fn escaped(words: &str) -> String {
    let mut out = String::new();
    for (index, part) in words.split('`').enumerate() {
        if index > 0 {
            out.push('`');
        }
        if index % 2 == 0 {
            for letter in part.chars() {
                if matches!(letter, '<' | '*' | '_' | '[' | ']') {
                    out.push('\\');
                }
                out.push(letter);
            }
        } else {
            out.push_str(part);
        }
    }
    out
}
