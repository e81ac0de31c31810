//! Pictures that are too large for one Mermaid document, in parts. Code hosts refuse 500 arrows and 50,000 characters.

use std::ops::Range;

/// The maximum number of arrows in one document.
pub(crate) const MOST_ARROWS: usize = 499;
/// The maximum number of characters in one document; a few are left for the sentence about the parts.
pub(crate) const LONGEST: usize = 49_000;

/// Which part of a picture this is, as a sentence.
pub(crate) fn sentence(part: usize, parts: usize) -> String {
    format!("Part {part} of {parts}: the whole is too large for one document.")
}

/// Consecutive ranges of `count` units, each as long as it fits; a unit that doesn't fit is a range of its own.
pub(crate) fn split(count: usize, fits: impl Fn(Range<usize>) -> bool) -> Vec<Range<usize>> {
    if count == 0 || fits(0..count) {
        return std::iter::once(0..count).collect();
    }
    let mut ranges = Vec::new();
    let mut start = 0;
    while start < count {
        // `low` fits or is a single unit, `high` doesn't.
        let (mut low, mut high) = (start + 1, count + 1);
        while high - low > 1 {
            let middle = usize::midpoint(low, high);
            if fits(start..middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        ranges.push(start..low);
        start = low;
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_as_long_as_they_fit_and_lose_nothing() {
        let sizes = [3_usize, 4, 5, 20, 1, 1, 1, 9];
        let sum = |range: Range<usize>| sizes[range].iter().sum::<usize>();
        assert_eq!(split(sizes.len(), |range| sum(range) <= 100).as_slice(), std::slice::from_ref(&(0..8)));
        assert_eq!(split(sizes.len(), |range| sum(range) <= 10), [0..2, 2..3, 3..4, 4..7, 7..8]);
        assert_eq!(split(0, |_| false).as_slice(), std::slice::from_ref(&(0..0)));
    }
}
