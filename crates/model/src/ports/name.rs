//! Names that indicate that a class is meant as an interface. Never sufficient on their own.

/// Whether a class has a typical interface name: `IOrders`, `AbstractOrders`, `OrdersPort`, `OrdersInterface`.
pub(crate) fn is_interface(name: &str) -> bool {
    let name = name.trim_start_matches('_');
    let is_hungarian = || {
        let mut letters = name.chars();
        letters.next() == Some('I')
            && letters.next().is_some_and(char::is_uppercase)
            // In `IPAddress`, `IOError` and `IBAN`, the first word is in capitals.
            && letters.next().is_some_and(char::is_lowercase)
    };
    let starts =
        |word: &str| name.strip_prefix(word).is_some_and(|rest| rest.starts_with(char::is_uppercase));
    let ends = |word: &str| name.strip_suffix(word).is_some_and(|rest| !rest.is_empty());
    starts("Abstract")
        || starts("Base")
        || ["Port", "Interface", "Protocol", "ABC", "Abc", "Base", "Abstract"].into_iter().any(ends)
        || is_hungarian()
}

#[cfg(test)]
mod tests {
    use super::is_interface;

    #[test]
    fn names() {
        for (name, wanted) in [
            ("IOrders", true),
            ("IPAddress", false),
            ("IOError", false),
            ("Invoice", false),
            ("AbstractOrders", true),
            ("Abstraction", false),
            ("OrdersPort", true),
            ("Report", false),
            ("Port", false),
            ("OrdersInterface", true),
            ("_OrdersABC", true),
            ("BaseOrders", true),
            ("Baseline", false),
        ] {
            assert_eq!(is_interface(name), wanted, "{name}");
        }
    }
}
