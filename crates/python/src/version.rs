//! The version of the lowering.

/// Identifies this version of parser and lowering, derived from the sources at build time. Two programs with the same
/// version derive the same facts from the same text.
pub const VERSION: u64 = number(env!("ARCHITRAVE_SOURCES"));

const fn number(digits: &str) -> u64 {
    let (digits, mut number, mut at) = (digits.as_bytes(), 0_u64, 0);
    while at < digits.len() {
        number = number.wrapping_mul(10).wrapping_add((digits[at] - b'0') as u64);
        at += 1;
    }
    number
}
