//! Which version of the lowering this is.

/// Tells this version of parser and lowering from any other: made of the sources when it is built. The same text has the
/// same facts in two programs of one version.
pub const VERSION: u64 = number(env!("ARCHITRAVE_SOURCES"));

const fn number(digits: &str) -> u64 {
    let (digits, mut number, mut at) = (digits.as_bytes(), 0_u64, 0);
    while at < digits.len() {
        number = number.wrapping_mul(10).wrapping_add((digits[at] - b'0') as u64);
        at += 1;
    }
    number
}
