//! What class names reveal about ports and their implementations.

/// Prefixes and suffixes of interface names, beside the concept's own name.
const STARTS: [&str; 3] = ["Abstract", "Abc", "ABC"];
const ENDS: [&str; 8] = ["Protocol", "Interface", "Port", "ABC", "Abc", "Contract", "Abstract", "Like"];
/// Prefixes and suffixes of implementation names.
const IMPLEMENTED: [&str; 4] = ["Impl", "Implementation", "Default", "Concrete"];

/// Whether a class name is that of an interface: `IOrders`, `AbstractOrders`, `OrdersPort`.
pub(super) fn is_called_interface(name: &str) -> bool {
    core(name) != name
}

/// The concept that an interface represents: `Orders` for `IOrders`, `AbstractOrders`, `OrdersProtocol`.
fn core(name: &str) -> &str {
    let starts = STARTS.iter().find_map(|start| name.strip_prefix(start));
    let ends = ENDS.iter().find_map(|end| name.strip_suffix(end));
    starts.or(ends).or_else(|| numbered(name)).filter(|core| !core.is_empty()).unwrap_or(name)
}

/// `Orders` for `IOrders`; `None` for `Item`.
fn numbered(name: &str) -> Option<&str> {
    let rest = name.strip_prefix('I')?;
    let mut letters = rest.chars();
    let (first, second) = (letters.next()?, letters.next()?);
    (first.is_ascii_uppercase() && second.is_ascii_lowercase()).then_some(rest)
}

/// Whether a class name is that of the one implementation of an interface: `Orders` or `OrdersImpl` of `IOrders`.
pub(super) fn is_the_same_thing(interface: &str, class: &str) -> bool {
    let bare = IMPLEMENTED
        .iter()
        .find_map(|word| class.strip_suffix(word).or_else(|| class.strip_prefix(word)))
        .unwrap_or(class);
    let core = core(interface);
    bare == core && class != interface
}

/// Whether the names of an interface and a class share a word: `RepositoryProtocol` and `PostRepository`.
pub(super) fn share_a_word(interface: &str, class: &str) -> bool {
    let core = core(interface);
    words(class).any(|word| words(core).any(|other| other == word))
}

/// The words of a CamelCase name: `Sql`, `Order`, `Repository`.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let starts = |(at, letter): (usize, char)| (at > 0 && letter.is_ascii_uppercase()).then_some(at);
    let cuts: Vec<usize> = name.char_indices().filter_map(starts).chain([name.len()]).collect();
    let mut from = 0;
    cuts.into_iter().map(move |to| &name[std::mem::replace(&mut from, to)..to]).filter(|word| word.len() > 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interfaces_are_called_after_what_they_stand_for() {
        let table = [
            ("IOrders", true),
            ("Item", false),
            ("IO", false),
            ("IOStream", false),
            ("AbstractOrders", true),
            ("OrdersProtocol", true),
            ("OrdersPort", true),
            ("Port", false),
            ("Orders", false),
            ("BaseOrders", false),
        ];
        for (name, expected) in table {
            assert_eq!(is_called_interface(name), expected, "{name}");
        }
    }

    #[test]
    fn words_are_shared() {
        let table = [
            ("RepositoryProtocol", "PostRepository", true),
            ("RegistryReader", "Router", false),
            ("DatabaseClient", "PrismaClient", true),
            ("IOrders", "SqlOrders", true),
            ("", "Orders", false),
        ];
        for (interface, class, expected) in table {
            assert_eq!(share_a_word(interface, class), expected, "{interface} {class}");
        }
    }

    #[test]
    fn one_implementation_is_called_like_the_thing() {
        let table = [
            ("IOrders", "Orders", true),
            ("IOrders", "OrdersImpl", true),
            ("OrderService", "OrderServiceImpl", true),
            ("OrderService", "DefaultOrderService", true),
            ("OrderService", "OrderService", false),
            ("AbstractOrders", "SqlOrders", false),
            ("Exporter", "PdfExporter", false),
        ];
        for (interface, class, expected) in table {
            assert_eq!(is_the_same_thing(interface, class), expected, "{interface} {class}");
        }
    }
}
