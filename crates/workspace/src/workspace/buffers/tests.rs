#![allow(clippy::unwrap_used)]

use super::*;

fn edit(start: (u32, u32), end: (u32, u32), text: &str) -> BufferEdit {
    let place = |(line, column)| Position { line, column };
    BufferEdit { range: Some((place(start), place(end))), text: text.to_owned() }
}

fn whole(text: &str) -> BufferEdit {
    BufferEdit { range: None, text: text.to_owned() }
}

#[test]
fn edits_are_applied_in_order() {
    use PositionEncoding::{Utf8, Utf16, Utf32};
    let table: Vec<(&str, PositionEncoding, Vec<BufferEdit>, &str)> = vec![
        ("abc", Utf16, vec![edit((0, 1), (0, 2), "X")], "aXc"),
        ("abc", Utf16, vec![edit((0, 1), (0, 1), "X"), edit((0, 2), (0, 2), "Y")], "aXYbc"),
        ("a\nb\n", Utf16, vec![edit((0, 1), (1, 0), "")], "ab\n"),
        // Each edit applies to the text after the previous one, even if that adds lines.
        ("a\nb\n", Utf16, vec![edit((0, 0), (0, 0), "x\n"), edit((2, 0), (2, 1), "B")], "x\na\nB\n"),
        // Several cursors, from the last to the first.
        ("a\nb\nc", Utf16, vec![edit((2, 0), (2, 1), "C"), edit((0, 0), (0, 1), "A")], "A\nb\nC"),
        // Twice on one line.
        ("a b", Utf16, vec![edit((0, 2), (0, 3), "long"), edit((0, 0), (0, 1), "also")], "also long"),
        ("aé😀b", Utf8, vec![edit((0, 7), (0, 8), "X")], "aé😀X"),
        ("aé😀b", Utf16, vec![edit((0, 4), (0, 5), "X")], "aé😀X"),
        ("aé😀b", Utf32, vec![edit((0, 3), (0, 4), "X")], "aé😀X"),
        // Past the end of the line, past the end of the text.
        ("ab\ncd", Utf16, vec![edit((0, 99), (0, 99), "!")], "ab!\ncd"),
        ("ab\ncd", Utf16, vec![edit((9, 9), (99, 99), "!")], "ab\ncd!"),
        // Reversed.
        ("abc", Utf16, vec![edit((0, 2), (0, 1), "X")], "aXc"),
        ("abc", Utf16, vec![whole("new\ntext"), edit((1, 0), (1, 4), "TEXT")], "new\nTEXT"),
        ("a\r\nb", Utf16, vec![edit((0, 1), (1, 0), "")], "ab"),
        ("", Utf16, vec![edit((0, 0), (0, 0), "x")], "x"),
    ];
    for (before, encoding, edits, after) in table {
        let (text, replaced) = edited(&Text::from_buffer(before.into()), &edits, encoding);
        assert_eq!(text, after, "{before:?} {edits:?}");
        let gone: u32 = replaced.iter().map(|it| it.span.end - it.span.start).sum();
        let come: u32 = replaced.iter().map(|it| it.len).sum();
        assert_eq!(before.len() + come as usize, after.len() + gone as usize, "{before:?} {edits:?}");
    }
}
