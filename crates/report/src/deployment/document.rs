//! A YAML document with the line of each value.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

/// A value with its position.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Node {
    /// One-based; for a mapping or list the line of its first entry.
    pub line: u32,
    /// The value.
    pub content: Content,
}

/// The kinds of values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Content {
    /// Nothing.
    #[default]
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number, as text.
    Number(String),
    /// A string.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping: the line of the key, the key, the value.
    Map(Vec<(u32, String, Node)>),
}

impl Node {
    /// All documents of a file; `None` if it is not YAML.
    pub fn documents(text: &str) -> Option<Vec<Self>> {
        serde_saphyr::from_multiple::<Self>(text).ok()
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|(_, value)| value)
    }

    /// The line of a key, and its value.
    pub fn entry(&self, key: &str) -> Option<(u32, &Self)> {
        self.entries().iter().rev().find(|(_, name, _)| name == key).map(|(line, _, value)| (*line, value))
    }

    /// The value at a path of keys: `spec/template`.
    pub fn at(&self, path: &str) -> Option<&Self> {
        path.split('/').try_fold(self, |node, key| node.get(key))
    }

    /// The entries of a mapping; empty for anything else.
    pub fn entries(&self) -> &[(u32, String, Self)] {
        match &self.content {
            Content::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The entries of a list; empty for anything else.
    pub fn items(&self) -> &[Self] {
        match &self.content {
            Content::List(items) => items,
            _ => &[],
        }
    }

    /// A string.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A string, number or boolean as text.
    pub fn scalar(&self) -> Option<String> {
        match &self.content {
            Content::Text(text) | Content::Number(text) => Some(text.clone()),
            Content::Bool(value) => Some(value.to_string()),
            Content::Null | Content::List(_) | Content::Map(_) => None,
        }
    }

    /// A non-negative integer.
    pub fn count(&self) -> Option<u32> {
        self.scalar()?.trim().parse().ok()
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = Spanned::<Content>::deserialize(deserializer)?;
        Ok(Self { line: u32::try_from(read.referenced.line()).unwrap_or_default(), content: read.value })
    }
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Content;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Content, E> {
        Ok(Content::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Content, E> {
        Ok(Content::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Content, E> {
        Ok(Content::Number(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Content, E> {
        Ok(Content::Number(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Content, E> {
        Ok(Content::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Content, E> {
        Ok(Content::Number(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Content, E> {
        Ok(Content::Text(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Content, E> {
        Ok(Content::Null)
    }

    fn visit_none<E>(self) -> Result<Content, E> {
        Ok(Content::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Content, D::Error> {
        Content::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Content, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Content::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Content, A::Error> {
        let mut entries = Vec::new();
        // Keys are text: `on` and `y` are names here, whatever they mean in YAML.
        while let Some(key) = map.next_key::<Spanned<String>>()? {
            let line = u32::try_from(key.referenced.line()).unwrap_or_default();
            entries.push((line, key.value, map.next_value()?));
        }
        Ok(Content::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_values_know_their_lines() {
        let text = "a: 1\nb:\n  - x: yes\n    y: {z: 'w'}\n  - 2\n---\nc: null\n";
        let all = Node::documents(text).expect("it is YAML");
        let [first, second] = all.as_slice() else { panic!("{all:?}") };
        assert_eq!(first.get("a").and_then(Node::count), Some(1));
        let item = &first.get("b").expect("it is there").items()[0];
        assert_eq!(item.entry("y").map(|(line, _)| line), Some(4));
        assert_eq!(item.at("y/z").and_then(Node::text), Some("w"));
        assert_eq!(first.entry("b").map(|(line, _)| line), Some(2));
        assert_eq!(second.entry("c"), Some((7, &Node { line: 7, content: Content::Null })));
        assert!(Node::documents("a: [").is_none());
    }
}
