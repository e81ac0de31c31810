//! Answers that fit a budget: the most important items come first, and what was left out is counted.

use serde::Serialize;
use serde_json::{Map, Value, json};

/// The default limit on the tokens of an answer.
pub const BUDGET: usize = 2_000;

/// The minimum and maximum of the limit: clients cut tool results beyond 25,000.
pub const LEAST: usize = 200;
/// See [`LEAST`].
pub const MOST: usize = 20_000;

/// The number of tokens of a text, estimated high: tokenizers need one per three to four bytes of JSON and code.
pub fn tokens(text: &str) -> usize {
    text.len().div_ceil(3)
}

/// An answer being built: mandatory fields, and lists of which as much is kept as fits.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    fields: Map<String, Value>,
    lists: Vec<List>,
}

#[derive(Debug)]
struct List {
    name: &'static str,
    /// With their ranks: lower ones are more important.
    items: Vec<(u32, Value)>,
}

impl Answer {
    /// A mandatory field.
    pub(crate) fn field(&mut self, name: &str, value: impl Serialize) {
        self.fields.insert(name.to_owned(), plain(value));
    }

    /// An optional field.
    pub(crate) fn maybe(&mut self, name: &str, value: Option<impl Serialize>) {
        if let Some(value) = value {
            self.field(name, value);
        }
    }

    /// Items of the list `name`, most important first. Their ranks start at `rank` and increase by one for each `per`
    /// items, so that the first of every list come before the last of any.
    pub(crate) fn list<T: Serialize>(
        &mut self,
        name: &'static str,
        rank: u32,
        per: usize,
        items: impl IntoIterator<Item = T>,
    ) {
        let ranked = items.into_iter().enumerate();
        let ranked = ranked.map(|(index, item)| (rank + (index / per.max(1)) as u32, plain(item)));
        let ranked: Vec<(u32, Value)> = ranked.collect();
        match self.lists.iter_mut().find(|list| list.name == name) {
            Some(list) => list.items.extend(ranked),
            None => self.lists.push(List { name, items: ranked }),
        }
    }

    /// The object, with as many items as fit into `budget` tokens. Lists that are cut are named in `left_out` with the
    /// number of items they lost.
    pub(crate) fn fit(self, budget: usize) -> Value {
        let budget = budget.clamp(LEAST, MOST);
        let mut order: Vec<(u32, usize, usize)> = Vec::new();
        for (at, list) in self.lists.iter().enumerate() {
            order.extend(list.items.iter().enumerate().map(|(index, (rank, _))| (*rank, at, index)));
        }
        order.sort_unstable();
        // The names of the lists, and those of `left_out`.
        let names: usize = self.lists.iter().map(|list| 2 * list.name.len() + 24).sum();
        let mut left = (budget * 3).saturating_sub(size(&Value::Object(self.fields.clone())) + names + 40);
        let mut kept: Vec<Vec<bool>> = self.lists.iter().map(|list| vec![false; list.items.len()]).collect();
        for (_, at, index) in order {
            let cost = size(&self.lists[at].items[index].1) + 1;
            if cost <= left {
                left -= cost;
                kept[at][index] = true;
            }
        }
        let mut fields = self.fields;
        let mut left_out = Map::new();
        for (list, kept) in self.lists.into_iter().zip(kept) {
            let lost = kept.iter().filter(|kept| !**kept).count();
            let items = list.items.into_iter().zip(kept).filter(|(_, kept)| *kept);
            let items: Vec<Value> = items.map(|((_, item), _)| item).collect();
            if lost > 0 {
                left_out.insert(list.name.to_owned(), json!(lost));
            }
            if !items.is_empty() {
                fields.insert(list.name.to_owned(), Value::Array(items));
            }
        }
        if !left_out.is_empty() {
            fields.insert("left_out".to_owned(), Value::Object(left_out));
        }
        Value::Object(fields)
    }
}

fn plain(value: impl Serialize) -> Value {
    serde_json::to_value(value).expect("maps of answers have words as keys")
}

fn size(value: &Value) -> usize {
    value.to_string().len()
}

/// A long text, cut at the end of a line to at most `most` tokens, with a note about it.
pub(crate) fn cut(text: &str, most: usize) -> String {
    if tokens(text) <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut lines = text.lines();
    for line in lines.by_ref() {
        if tokens(&kept) + tokens(line) + 12 > most {
            break;
        }
        kept.push_str(line);
        kept.push('\n');
    }
    let left = text.lines().count() - kept.lines().count();
    kept + &format!("… {left} more lines")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_matters_most_is_kept_and_the_rest_is_counted() {
        let mut answer = Answer::default();
        answer.field("path", "shop/orders.py");
        answer.list("findings", 0, 1, ["a".repeat(60), "b".repeat(60)]);
        answer.list("callers", 1, 1, (0..100).map(|number| format!("{number:060}")));
        answer.list("empty", 0, 1, Vec::<u8>::new());
        let fitted = answer.fit(LEAST);
        assert!(tokens(&fitted.to_string()) <= LEAST, "{fitted}");
        assert_eq!(fitted["findings"].as_array().map(Vec::len), Some(2));
        let kept = fitted["callers"].as_array().map_or(0, Vec::len);
        assert!(kept > 0, "{fitted}");
        assert_eq!(fitted["left_out"], json!({"callers": 100 - kept}));
        assert!(fitted.get("empty").is_none());
    }

    #[test]
    fn texts_are_cut_at_lines() {
        let text = "one line of text\n".repeat(50);
        let kept = cut(&text, 60);
        assert!(tokens(&kept) <= 60 && kept.ends_with(" more lines"), "{kept}");
        assert_eq!(cut("short", 60), "short");
    }
}
