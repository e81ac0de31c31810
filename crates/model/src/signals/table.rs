//! Tables keyed by dotted names, sorted, where a row also speaks for all that lies below its key.

/// The row of the longest key that is `dotted` or a package around it.
pub(super) fn lookup<T: Copy>(table: &[(&str, T)], dotted: &str) -> Option<T> {
    let mut key = dotted;
    loop {
        if let Ok(index) = table.binary_search_by(|(candidate, _)| (*candidate).cmp(key)) {
            return Some(table[index].1);
        }
        key = &key[..key.rfind('.')?];
    }
}

/// The row whose key is `dotted`, without looking at packages around it.
pub(super) fn exact<T: Copy>(table: &[(&str, T)], dotted: &str) -> Option<T> {
    let index = table.binary_search_by(|(candidate, _)| (*candidate).cmp(dotted)).ok()?;
    Some(table[index].1)
}

/// Fails where a table is not sorted or has a key twice: binary search would miss rows.
#[cfg(test)]
pub(super) fn assert_sorted<T>(table: &[(&str, T)]) {
    for pair in table.windows(2) {
        assert!(pair[0].0 < pair[1].0, "`{}` must not stand before `{}`", pair[0].0, pair[1].0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_key_wins() {
        let table = [("django", 1), ("django.db", 2), ("django.db.models", 3)];
        assert_eq!(lookup(&table, "django.db.models.Model"), Some(3));
        assert_eq!(lookup(&table, "django.db"), Some(2));
        assert_eq!(lookup(&table, "django.dbx"), Some(1));
        assert_eq!(lookup(&table, "djangox"), None);
        assert_eq!(exact(&table, "django.db.x"), None);
    }
}
