//! How many numbers `range(start, stop, step)` gives.

/// The number of steps from `start` towards `stop`, which is left out. `None` for steps of zero, and for numbers that are
/// too large.
pub(crate) fn of_range(start: i64, stop: i64, step: i64) -> Option<i64> {
    let way = stop.checked_sub(start)?;
    let whole = way.checked_div(step)?;
    let is_towards = way != 0 && (way > 0) == (step > 0);
    Some(if is_towards { whole + i64::from(way % step != 0) } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::of_range;

    #[test]
    fn ranges_are_as_long_as_python_makes_them() {
        let table = [
            (0, 4, 1, Some(4)),
            (1, 13, 1, Some(12)),
            (0, 10, 3, Some(4)),
            (5, 0, -2, Some(3)),
            (5, 5, 1, Some(0)),
            (5, 1, 1, Some(0)),
            (0, 4, 0, None),
            (i64::MIN, i64::MAX, 1, None),
            (i64::MIN, 0, -1, None),
        ];
        for (start, stop, step, expected) in table {
            assert_eq!(of_range(start, stop, step), expected, "range({start}, {stop}, {step})");
        }
    }
}
