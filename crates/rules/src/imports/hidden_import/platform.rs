//! Platform-dependent imports: on another system the module can't be loaded.

use view::Context;

use super::Hidden;

/// Whether the import is under a condition on the operating system or the Python version.
pub(super) fn chooses(cx: &Context<'_>, hidden: &Hidden<'_>) -> bool {
    let is_conditional = hidden.imports.iter().all(|view| view.import.context.conditional);
    is_conditional && is_below_test(cx.text.as_str(), hidden.imports[0].spans.statement.start as usize)
}

/// Whether one of the conditions around a position tests the platform. Works on lines: each enclosing one is indented
/// less than the last.
fn is_below_test(text: &str, at: usize) -> bool {
    let Some(above) = text.get(..at) else { return false };
    let mut lines = above.lines().rev();
    // The position itself follows the indentation of the last line.
    let mut indent = lines.next().map_or(0, str::len);
    let mut in_alternative = false;
    for line in lines {
        let code = line.trim_start();
        let depth = line.len() - code.len();
        if code.is_empty() || depth > indent || (depth == indent && !in_alternative) {
            continue;
        }
        if ["def ", "async def ", "class "].iter().any(|word| code.starts_with(word)) {
            return false;
        }
        if (code.starts_with("if ") || code.starts_with("elif ")) && tests_platform(code) {
            return true;
        }
        in_alternative = code.starts_with("else") || code.starts_with("elif ");
        indent = depth;
    }
    false
}

fn tests_platform(condition: &str) -> bool {
    const WORDS: [&str; 6] =
        ["os.name", "os_name", "platform.system", "sys.platform", "sys.version_info", "IS_WINDOWS"];
    WORDS.iter().any(|word| condition.contains(word))
}

#[cfg(test)]
mod tests {
    use super::is_below_test;

    #[test]
    fn conditions_around_a_place() {
        let table = [
            ("def f():\n    if sys.platform == 'win32':\n        from a import b\n", true),
            ("def f():\n    if os.name == 'nt':\n        pass\n    else:\n        from a import b\n", true),
            ("def f():\n    if late:\n        from a import b\n", false),
            ("if sys.platform == 'win32':\n    def f():\n        from a import b\n", false),
            ("def f():\n    if os.name == 'nt':\n        pass\n    from a import b\n", false),
        ];
        for (text, expected) in table {
            let at = text.find("from").unwrap_or_default();
            assert_eq!(is_below_test(text, at), expected, "{text}");
        }
    }
}
