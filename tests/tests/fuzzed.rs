//! The fuzz targets on a stable compiler: each input of the corpora, and inputs made of them by random changes of bytes.
//!
//! `FUZZ_SECONDS=600 cargo test -p tests --test fuzzed --release` looks for longer than the few hundred inputs of a
//! usual run. An input that something panics on is written to a file, whose path is in the message.

#![allow(clippy::print_stdout, reason = "how much was tried is worth seeing")]

#[path = "../fuzz/src/lib.rs"]
#[allow(unreachable_pub, reason = "in the fuzz targets it is a crate")]
mod targets;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Pieces that random bytes seldom make.
const WORDS: &[&[u8]] = &[
    b"(",
    b")",
    b"\"\"\"",
    b"'",
    b"\\",
    b"\n",
    b"\n    ",
    b"\r\n",
    b"\t",
    b":",
    b"#",
    b"*",
    b"[",
    b"]",
    b"{",
    b"}",
    b"\x1e\x80\x00\x00",
    b"\x1e\x20\x00\x05",
    b"\xc3\xa9",
    b"\xf0\x9f\x98\x80",
    b"\xff",
    b"\0",
    b"\xef\xbb\xbf",
    b"# file: a/b.py\n",
    b"# architrave: ignore[x]",
    b"import ",
    b"from . import a\n",
    b"lazy ",
    b"async def f():",
    b"class A(B):\n  ",
    b"lambda: ",
    b"f'{",
    b"yield ",
    b"type X = ",
    b"match x:\n case ",
    b"TYPE_CHECKING",
    b"Content-Length: ",
    b"\r\n\r\n",
    b"{\"jsonrpc\":\"2.0\"",
    b"null",
    b"9999999999",
    b"-1",
    b"= [\"",
    b"[[",
    b"]]\n",
];

/// Numbers that look random, the same in each run with the same seed.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % limit.max(1)
    }
}

/// Changes an input a little, several times.
fn mutated(corpus: &[(PathBuf, Vec<u8>)], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = corpus[numbers.below(corpus.len())].1.clone();
    for _ in 0..=numbers.below(6) {
        let at = numbers.below(bytes.len() + 1);
        let end = (at + numbers.below(40)).min(bytes.len());
        match numbers.below(7) {
            0 if at < bytes.len() => bytes[at] ^= 1 << numbers.below(8),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let part = bytes[at..end].to_vec();
                let to = numbers.below(bytes.len() + 1);
                bytes.splice(to..to, part);
            }
            3 => {
                let other = &corpus[numbers.below(corpus.len())].1;
                let start = numbers.below(other.len() + 1);
                let part = other[start..(start + numbers.below(200)).min(other.len())].to_vec();
                bytes.splice(at..end, part);
            }
            4 => bytes.truncate(at),
            _ => {
                let word = WORDS[numbers.below(WORDS.len())];
                bytes.splice(at..at, word.iter().copied());
            }
        }
    }
    bytes
}

/// Runs a target on its corpus, and on `count` changed inputs, or for the time that the environment sets.
fn fuzz(name: &str, count: usize, target: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
    let entries = fs::read_dir(folder).expect("the corpus is there").flatten();
    let mut corpus: Vec<(PathBuf, Vec<u8>)> =
        entries.map(|entry| (entry.path(), fs::read(entry.path()).expect("it can be read"))).collect();
    corpus.sort();
    assert!(!corpus.is_empty(), "{name}");
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let now = || std::time::SystemTime::UNIX_EPOCH.elapsed().map_or(1, |time| time.as_secs());
    let seed = number("PROPTEST_RNG_SEED").unwrap_or_else(now);
    let end = number("FUZZ_SECONDS").map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let mut numbers = Numbers(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let run = move || {
        for (path, input) in &corpus {
            attempt(target, input, &path.to_string_lossy());
        }
        let mut done = 0;
        while end.map_or(done < count, |end| Instant::now() < end) {
            let input = mutated(&corpus, &mut numbers);
            attempt(target, &input, "a changed input");
            done += 1;
        }
        done
    };
    // Queries recurse deeply: as much stack as the program's threads have.
    let thread = std::thread::Builder::new().stack_size(64 << 20).spawn(run).expect("a thread starts");
    match thread.join() {
        Ok(done) => println!("{name}: {done} inputs, seed {seed}"),
        Err(payload) => std::panic::resume_unwind(payload),
    }
}

fn attempt(target: fn(&[u8]), input: &[u8], what: &str) {
    if catch_unwind(AssertUnwindSafe(|| target(input))).is_err() {
        let path = std::env::temp_dir().join(format!("architrave-fuzz-{}", std::process::id()));
        fs::write(&path, input).expect("the input can be written");
        panic!("{what}: the input is in {}:\n{}", path.display(), String::from_utf8_lossy(input));
    }
}

#[test]
fn lowering() {
    fuzz("lowering", 1_000, targets::lowering);
}

#[test]
fn edits() {
    fuzz("edits", 200, targets::edits);
}

#[test]
fn configuration() {
    fuzz("configuration", 1_000, targets::configuration);
}

#[test]
fn messages() {
    fuzz("messages", 4_000, targets::messages);
}

#[test]
fn fixes() {
    fuzz("fixes", 60, targets::fixes);
}
