//! Where a line is split.

use super::token::{Kind, Token, closing};

/// Limit on nested splits.
const MAX_DEPTH: usize = 24;

/// One line.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) tokens: Vec<Token>,
    /// Its indentation level relative to the statement.
    pub(super) depth: usize,
    /// Whether it is the contents of brackets.
    is_inside: bool,
    /// Whether it is the contents of a list, tuple, set or dictionary that is split: one element per line.
    is_display: bool,
}

/// The available room.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    pub(super) indentation: usize,
    pub(super) limit: usize,
}

impl Line {
    pub(super) fn whole(tokens: Vec<Token>) -> Self {
        Self { tokens, depth: 0, is_inside: false, is_display: false }
    }

    /// The line's text.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for token in &self.tokens {
            if token.is_spaced && !text.is_empty() {
                text.push(' ');
            }
            text.push_str(token.shown());
        }
        text
    }

    fn fits(&self, room: &Room) -> bool {
        room.indentation + 4 * self.depth + self.text().chars().count() <= room.limit
    }

    /// Whether a trailing comma requires one element per line.
    fn has_last_comma(&self) -> bool {
        let tokens = &self.tokens;
        (1..tokens.len()).any(|close| {
            let is_last = tokens[close].closes() && is_comma(&tokens[close - 1]);
            let Some(open) = is_last.then(|| opening(tokens, close)).flatten() else { return false };
            let is_behind = is_behind(tokens, open);
            // A one-element tuple needs its comma.
            let is_tuple = !is_behind && tokens[open].text == "(";
            let is_single = delimiters(&tokens[open + 1..close]).len() == 1;
            !(is_single && is_tuple || is_behind && tokens[open].text == "[")
        })
    }
}

fn is_comma(token: &Token) -> bool {
    token.text == "," && token.kind == Kind::Sign
}

/// Whether a bracket calls or indexes the token before it.
fn is_behind(tokens: &[Token], open: usize) -> bool {
    open > 0 && matches!(tokens[open - 1].kind, Kind::Word | Kind::Close) && !tokens[open].is_spaced
}

/// The bracket that `close` closes.
fn opening(tokens: &[Token], close: usize) -> Option<usize> {
    (0..close).find(|open| tokens[*open].opens() && closing(tokens, *open) == Some(close))
}

/// The line split into as many as necessary.
pub(super) fn transformed(line: Line, room: &Room, depth: usize) -> Vec<Line> {
    if depth == MAX_DEPTH || (line.fits(room) && !line.has_last_comma() && !line.is_display) {
        return vec![line];
    }
    let all = |lines: Vec<Line>| -> Vec<Line> {
        lines.into_iter().flat_map(|line| transformed(line, room, depth + 1)).collect()
    };
    if line.is_inside
        && let Some(lines) = by_delimiters(&line)
    {
        return all(lines);
    }
    let Some(lines) = by_right_hand(&line, room, false) else { return vec![line] };
    let lines = all(lines);
    let has_optional = line.tokens.iter().any(|token| token.kind == Kind::OptionalOpen);
    if has_optional
        && !lines.first().is_some_and(|first| first.fits(room))
        && let Some(forced) = by_right_hand(&line, room, true)
    {
        let forced = all(forced);
        if forced.iter().all(|line| line.fits(room)) {
            return forced;
        }
    }
    lines
}

/// Delimiters of a line's parts, from weak to strong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Delimiter {
    Dot,
    Product,
    Sum,
    Shift,
    BitAnd,
    BitXor,
    BitOr,
    Comparison,
    Text,
    Logic,
    Choice,
    Comma,
    Clause,
}

/// The delimiters outside brackets: the token before which the line is split.
fn delimiters(tokens: &[Token]) -> Vec<(usize, Delimiter)> {
    let (mut depth, mut is_clause) = (0_usize, false);
    let mut found = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        if token.closes() {
            depth = depth.saturating_sub(1);
        }
        if depth == 0 && index > 0 {
            let before = &tokens[index - 1];
            let is_operand =
                matches!(before.kind, Kind::Word | Kind::Text | Kind::Close) && before.text != "in";
            let delimiter = match (token.kind, token.text.as_str()) {
                (Kind::Sign, ".") if before.kind == Kind::Close => Some(Delimiter::Dot),
                (Kind::Sign, ",") if !is_clause => Some(Delimiter::Comma),
                (Kind::Sign, "+" | "-") if is_operand && token.is_spaced => Some(Delimiter::Sum),
                (Kind::Sign, "*" | "/" | "//" | "%") if is_operand && token.is_spaced => {
                    Some(Delimiter::Product)
                }
                (Kind::Sign, sign @ ("<<" | ">>" | "&" | "^" | "|")) if is_operand => Some(match sign {
                    "&" => Delimiter::BitAnd,
                    "^" => Delimiter::BitXor,
                    "|" => Delimiter::BitOr,
                    _ => Delimiter::Shift,
                }),
                (Kind::Sign, "==" | "!=" | "<" | ">" | "<=" | ">=") | (Kind::Word, "is") => {
                    Some(Delimiter::Comparison)
                }
                (Kind::Word, "in") if !is_clause && before.text != "not" => Some(Delimiter::Comparison),
                (Kind::Word, "not") if is_operand && before.text != "and" && before.text != "or" => {
                    Some(Delimiter::Comparison)
                }
                (Kind::Word, "and" | "or") => Some(Delimiter::Logic),
                (Kind::Word, "for") if before.text != "async" => Some(Delimiter::Clause),
                (Kind::Word, "async") => Some(Delimiter::Clause),
                (Kind::Word, "if") if found.iter().any(|(_, kind)| *kind == Delimiter::Clause) => {
                    Some(Delimiter::Clause)
                }
                (Kind::Word, "if" | "else") => Some(Delimiter::Choice),
                (Kind::Text, _) if before.kind == Kind::Text => Some(Delimiter::Text),
                _ => None,
            };
            // A line is split after a comma, not before it.
            let at = if delimiter == Some(Delimiter::Comma) { index + 1 } else { index };
            found.extend(delimiter.map(|delimiter| (at, delimiter)));
        }
        match token.text.as_str() {
            "for" if depth == 0 => is_clause = true,
            "in" if depth == 0 => is_clause = false,
            _ => {}
        }
        if token.opens() {
            depth += 1;
        }
    }
    found
}

/// The strongest delimiter and its positions; a trailing comma is ignored.
fn strongest(tokens: &[Token]) -> Option<(Delimiter, Vec<usize>)> {
    let mut all = delimiters(tokens);
    all.retain(|(at, _)| *at < tokens.len());
    let strongest = all.iter().map(|(_, delimiter)| *delimiter).max()?;
    let places = all.iter().filter(|(_, delimiter)| *delimiter == strongest).map(|(at, _)| *at).collect();
    Some((strongest, places))
}

/// One part per line.
fn by_delimiters(line: &Line) -> Option<Vec<Line>> {
    let ends_with_comma = line.tokens.last().is_some_and(is_comma);
    let (delimiter, places) = strongest(&line.tokens)?;
    // A single method is not separated from its receiver.
    if delimiter == Delimiter::Dot && places.len() == 1 {
        return None;
    }
    let mut lines: Vec<Line> = Vec::new();
    let mut start = 0;
    for at in places.into_iter().chain([line.tokens.len()]) {
        let mut tokens = line.tokens[start..at].to_vec();
        if let Some(first) = tokens.first_mut() {
            first.is_spaced = false;
        }
        lines.push(Line { tokens, is_display: false, ..line.clone() });
        start = at;
    }
    if delimiter == Delimiter::Comma
        && !ends_with_comma
        && let Some(last) = lines.last_mut()
    {
        last.tokens.push(Token { text: ",".to_owned(), is_spaced: false, kind: Kind::Sign });
    }
    Some(lines)
}

/// A line split after an opening bracket and before its closing one.
struct Halves {
    open: usize,
    close: usize,
}

/// Splits at the last brackets, or at earlier ones if more fits then.
fn by_right_hand(line: &Line, room: &Room, is_forced: bool) -> Option<Vec<Line>> {
    for omitted in omissions(line, room) {
        if let Some(lines) = broken(line, room, &omitted, is_forced)
            && lines.first().is_some_and(|first| first.fits(room))
        {
            return Some(lines);
        }
    }
    broken(line, room, &[], is_forced)
}

/// Sets of closing brackets to skip, smallest first.
fn omissions(line: &Line, room: &Room) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    let (mut omitted, mut inner) = (Vec::new(), Vec::new());
    let mut length = room.indentation + 4 * line.depth;
    let (mut open, mut close): (Option<usize>, Option<usize>) = (None, None);
    for index in (0..line.tokens.len()).rev() {
        let token = &line.tokens[index];
        length += token.shown().chars().count() + usize::from(token.is_spaced);
        if length > room.limit {
            break;
        }
        if let Some(waiting) = open {
            if index == waiting {
                open = None;
            } else if token.closes() {
                inner.push(index);
            }
        } else if token.closes() {
            if index > 0 && line.tokens[index - 1].opens() {
                inner.push(index);
                continue;
            }
            if let Some(close) = close {
                omitted.push(close);
                omitted.append(&mut inner);
                all.push(omitted.clone());
            }
            if index > 0 && line.tokens[index - 1].text == "," {
                break;
            }
            if token.kind == Kind::Close {
                open = opening(&line.tokens, index);
                close = Some(index);
            }
        }
    }
    all
}

/// The last non-empty brackets, skipping those in `omitted`.
fn halves(tokens: &[Token], omitted: &[usize]) -> Option<Halves> {
    (0..tokens.len()).rev().find_map(|close| {
        if !tokens[close].closes() || omitted.contains(&close) {
            return None;
        }
        let open = opening(tokens, close)?;
        (open + 1 < close).then_some(Halves { open, close })
    })
}

fn broken(line: &Line, room: &Room, omitted: &[usize], is_forced: bool) -> Option<Vec<Line>> {
    let Halves { open, close } = halves(&line.tokens, omitted)?;
    let inside = |tokens: &[Token]| {
        let mut tokens = tokens.to_vec();
        if let Some(first) = tokens.first_mut() {
            first.is_spaced = false;
        }
        let is_display = line.tokens[open].kind == Kind::Open
            && !is_behind(&line.tokens, open)
            && strongest(&tokens).is_some_and(|(delimiter, _)| delimiter == Delimiter::Comma);
        Line { tokens, depth: line.depth + 1, is_inside: true, is_display }
    };
    let body = inside(&line.tokens[open + 1..close]);
    if line.tokens[open].kind == Kind::OptionalOpen && !is_forced && can_omit(line, &body, room) {
        let more: Vec<usize> = omitted.iter().copied().chain([close]).collect();
        if let Some(lines) = broken(line, room, &more, false) {
            return Some(lines);
        }
        if body.tokens.len() < 2 {
            return None;
        }
    }
    let mut head = line.tokens[..=open].to_vec();
    let mut tail = line.tokens[close..].to_vec();
    // Optional brackets become real.
    if let Some(last) = head.last_mut() {
        last.kind = Kind::Open;
    }
    if let Some(first) = tail.first_mut() {
        first.kind = Kind::Close;
        first.is_spaced = false;
    }
    let part = |tokens| Line { tokens, is_display: false, ..line.clone() };
    Some(vec![part(head), body, part(tail)])
}

/// Whether the line reads better if split at brackets that are real already.
fn can_omit(line: &Line, body: &Line, room: &Room) -> bool {
    let Some((delimiter, places)) = strongest(&body.tokens) else { return true };
    if places.len() > 1 {
        return false;
    }
    if delimiter == Delimiter::Dot {
        return true;
    }
    let Some(last) = body.tokens.len().checked_sub(1) else { return false };
    if body.tokens[last].kind != Kind::Close || last == 0 || body.tokens[last - 1].opens() {
        return false;
    }
    // The part before the last brackets must fit, without other brackets in it.
    let Some(open) = opening(&body.tokens, last) else { return false };
    let before = &body.tokens[..=open];
    let has_others = before[..open].iter().any(Token::opens);
    let length: usize =
        before.iter().map(|token| token.shown().chars().count() + usize::from(token.is_spaced)).sum();
    !has_others || room.indentation + 4 * line.depth + length <= room.limit
}
