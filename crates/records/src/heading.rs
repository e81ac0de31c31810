//! The title in the heading of a record, and the format of the number in front of it.

/// A parsed heading: `1. Use Kafka`, `ADR-0001: Use Kafka`, `[ADR-1] Use Kafka`, or the title alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading<'a> {
    /// The text in front of the number.
    lead: &'a str,
    /// The number as written.
    digits: &'a str,
    /// The text between the number and the title.
    tail: &'a str,
    pub(crate) title: &'a str,
}

/// Parses the heading (without `#`) of the record with this number. Any other number is part of the title.
pub(crate) fn parse(heading: &str, number: Option<u32>) -> Heading<'_> {
    let heading = heading.trim();
    numbered(heading, number).unwrap_or(Heading { lead: "", digits: "", tail: "", title: heading })
}

fn numbered(heading: &str, number: Option<u32>) -> Option<Heading<'_>> {
    let start = heading.find(|c: char| c.is_ascii_digit())?;
    let (lead, rest) = heading.split_at(start);
    let word: String = lead.chars().filter(char::is_ascii_alphabetic).collect();
    if !word.is_empty() && !word.eq_ignore_ascii_case("adr") {
        return None;
    }
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, rest) = rest.split_at(end);
    if digits.parse() != Ok(number?) {
        return None;
    }
    let title =
        rest.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '`' | '"' | '\'' | '*'));
    let tail = rest.strip_suffix(title)?;
    (!title.is_empty() && !tail.is_empty()).then_some(Heading { lead, digits, tail, title })
}

impl Heading<'_> {
    /// The heading in the same form with another number and title.
    pub(crate) fn with(&self, number: u32, title: &str) -> String {
        if self.digits.is_empty() {
            return title.to_owned();
        }
        let width = if self.digits.starts_with('0') { self.digits.len() } else { 0 };
        format!("{}{number:0width$}{}{title}", self.lead, self.tail)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_a_heading_is_kept() {
        let cases = [
            ("1. Use Kafka", Some(1), "Use Kafka", "12. Use NATS"),
            ("ADR-0001: Use Kafka", Some(1), "Use Kafka", "ADR-0012: Use NATS"),
            ("[ADR 1] Use Kafka", Some(1), "Use Kafka", "[ADR 12] Use NATS"),
            ("Use Kafka", Some(1), "Use Kafka", "Use NATS"),
            ("12 factors", Some(1), "12 factors", "Use NATS"),
            ("Use 1 queue", Some(1), "Use 1 queue", "Use NATS"),
            ("1. Use Kafka", None, "1. Use Kafka", "Use NATS"),
        ];
        for (text, number, title, other) in cases {
            let heading = parse(text, number);
            assert_eq!(heading.title, title);
            assert_eq!(heading.with(12, "Use NATS"), other);
        }
    }
}
