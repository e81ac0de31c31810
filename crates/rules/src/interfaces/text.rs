//! Lists in messages.

/// More names than this are counted, not listed.
const SHOWN: usize = 4;

/// `add`, `add and get`, `add, get, list and 3 more`
pub(super) fn list<S: AsRef<str>>(names: &[S]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match &names[..] {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [rest @ .., last] if names.len() <= SHOWN => format!("{} and {last}", rest.join(", ")),
        _ => {
            let shown = SHOWN - 1;
            format!("{} and {} more", names[..shown].join(", "), names.len() - shown)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_end_with_a_number() {
        let table: [(&[&str], &str); 5] = [
            (&[], ""),
            (&["a"], "a"),
            (&["a", "b"], "a and b"),
            (&["a", "b", "c", "d"], "a, b, c and d"),
            (&["a", "b", "c", "d", "e"], "a, b, c and 2 more"),
        ];
        for (names, expected) in table {
            assert_eq!(list(names), expected);
        }
    }
}
