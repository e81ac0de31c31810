//! Tokens of a statement, without its line breaks.

/// A token, or a bracket that is written only if the line is split there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) text: String,
    /// Whether a blank precedes it.
    pub(super) is_spaced: bool,
    pub(super) kind: Kind,
}

/// The kind of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// An opening bracket that is written only if the line is split there.
    OptionalOpen,
    /// Its closing counterpart.
    OptionalClose,
    /// A name, a keyword, a number.
    Word,
    /// A string.
    Text,
    /// Anything else.
    Sign,
}

impl Token {
    pub(super) fn opens(&self) -> bool {
        matches!(self.kind, Kind::Open | Kind::OptionalOpen)
    }

    pub(super) fn closes(&self) -> bool {
        matches!(self.kind, Kind::Close | Kind::OptionalClose)
    }

    /// Its text in the current layout.
    pub(super) fn shown(&self) -> &str {
        if matches!(self.kind, Kind::OptionalOpen | Kind::OptionalClose) { "" } else { &self.text }
    }

    fn is(&self, text: &str) -> bool {
        self.text == text && self.kind != Kind::Text
    }
}

/// The tokens. `None` for comments, multi-line strings, continued lines, or unbalanced brackets.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = text;
    let mut open: Vec<char> = Vec::new();
    while !rest.is_empty() {
        let start = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        let (blank, is_first) = (&rest[..rest.len() - start.len()], tokens.is_empty());
        rest = start;
        let Some(letter) = rest.chars().next() else { break };
        let length = length(rest)?;
        let (text, after) = rest.split_at(length);
        let kind = match letter {
            '(' | '[' | '{' => {
                open.push(letter);
                Kind::Open
            }
            ')' | ']' | '}' => {
                let wanted = match letter {
                    ')' => '(',
                    ']' => '[',
                    _ => '{',
                };
                open.pop().filter(|found| *found == wanted)?;
                Kind::Close
            }
            _ if text.ends_with(['"', '\'']) => Kind::Text,
            _ if letter == '_' || letter.is_alphanumeric() => Kind::Word,
            _ => Kind::Sign,
        };
        // A line break within brackets is a blank, unless none belongs there.
        let is_broken = blank.contains('\n');
        if is_broken && open.is_empty() && kind != Kind::Close {
            return None;
        }
        let after_open = tokens.last().is_some_and(Token::opens);
        let stands_apart = !(kind == Kind::Close || after_open || text == ".");
        let is_spaced = !is_first && !blank.is_empty() && (!is_broken || stands_apart);
        tokens.push(Token { text: text.to_owned(), is_spaced, kind });
        rest = after;
    }
    (open.is_empty() && !tokens.is_empty()).then_some(tokens)
}

/// The length of a compound statement's header, including the colon.
pub(in crate::load) fn head(text: &str) -> Option<usize> {
    let (mut depth, mut at) = (0_usize, 0);
    while at < text.len() {
        let rest = text[at..].trim_start();
        at = text.len() - rest.len();
        let length = length(rest)?;
        match &rest[..length] {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.checked_sub(1)?,
            ":" if depth == 0 => return Some(at + 1),
            "lambda" if depth == 0 => return None,
            _ => {}
        }
        at += length;
    }
    None
}

/// The length of the token at the start of a text.
fn length(text: &str) -> Option<usize> {
    let letter = text.chars().next()?;
    if letter == '#' || letter == '\\' {
        return None;
    }
    let is_word = |letter: char| letter == '_' || letter.is_alphanumeric();
    let word = text.find(|letter: char| !is_word(letter)).unwrap_or(text.len());
    if let Some(quote) = text[word..].chars().next().filter(|quote| matches!(quote, '"' | '\'')) {
        // A prefix has no more than two letters.
        return (word <= 2).then(|| string(&text[word..], quote)).flatten().map(|length| word + length);
    }
    if word > 0 {
        let is_number = letter.is_ascii_digit();
        let fraction = text[word..].strip_prefix('.').filter(|_| is_number);
        let more = fraction.map_or(0, |rest| 1 + rest.find(|letter| !is_word(letter)).unwrap_or(rest.len()));
        return Some(word + more);
    }
    let signs = [
        "**=", "//=", ">>=", "<<=", "...", "->", ":=", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "|=",
        "&=", "^=", "**", "//", "<<", ">>",
    ];
    let sign = signs.iter().find(|sign| text.starts_with(**sign));
    Some(sign.map_or(letter.len_utf8(), |sign| sign.len()))
}

/// The length of the single-line string at the start of a text.
fn string(text: &str, quote: char) -> Option<usize> {
    if text.starts_with(&quote.to_string().repeat(3)) {
        return None;
    }
    let mut is_escaped = false;
    for (index, letter) in text.char_indices().skip(1) {
        match letter {
            '\n' => return None,
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if letter == quote => return Some(index + 1),
            _ => {}
        }
    }
    None
}

/// The statement with optional brackets around the part after `=`, `return` and `in`: existing ones that contain all of
/// it become optional, too.
pub(super) fn with_optional_brackets(mut tokens: Vec<Token>) -> Vec<Token> {
    let Some(start) = start_of_value(&tokens) else { return tokens };
    let end = tokens.len() - usize::from(tokens.last().is_some_and(|last| last.is(":")));
    if start >= end {
        return tokens;
    }
    if tokens[start].is("(") && closing(&tokens, start) == Some(end - 1) {
        if !is_tuple(&tokens[start + 1..end - 1]) {
            tokens[start].kind = Kind::OptionalOpen;
            tokens[end - 1].kind = Kind::OptionalClose;
            tokens[start + 1].is_spaced = false;
        }
        return tokens;
    }
    if tokens[start].opens() && closing(&tokens, start) == Some(end - 1) {
        return tokens;
    }
    let bracket = |text: &str, is_spaced, kind| Token { text: text.to_owned(), is_spaced, kind };
    tokens.insert(end, bracket(")", false, Kind::OptionalClose));
    let first = &mut tokens[start];
    let is_spaced = std::mem::take(&mut first.is_spaced);
    tokens.insert(start, bracket("(", is_spaced, Kind::OptionalOpen));
    tokens
}

/// The start of a statement's value.
fn start_of_value(tokens: &[Token]) -> Option<usize> {
    if tokens.first()?.is("return") {
        return Some(1);
    }
    let wanted = if tokens.first()?.is("for") || (tokens.first()?.is("async") && tokens.get(1)?.is("for")) {
        "in"
    } else {
        "="
    };
    let mut depth = 0_usize;
    tokens.iter().enumerate().find_map(|(index, token)| {
        if token.opens() {
            depth += 1;
        } else if token.closes() {
            depth = depth.saturating_sub(1);
        }
        (depth == 0 && token.is(wanted)).then_some(index + 1)
    })
}

/// The bracket that closes the one at `open`.
pub(super) fn closing(tokens: &[Token], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate().skip(open) {
        if token.opens() {
            depth += 1;
        } else if token.closes() {
            depth -= 1;
            if depth == 0 {
                return Some(index);
            }
        }
    }
    None
}

/// Whether the brackets change the meaning of their contents: a tuple, a generator, nothing.
fn is_tuple(tokens: &[Token]) -> bool {
    let mut depth = 0_usize;
    tokens.is_empty()
        || tokens.iter().any(|token| {
            if token.opens() {
                depth += 1;
            } else if token.closes() {
                depth = depth.saturating_sub(1);
            }
            depth == 0 && (token.is(",") || token.is("for") || token.is("yield") || token.is(":="))
        })
}
