//! The report as a single page that any browser opens: no network, no library, no server.

use report::escape::html as escaped;
use std::fmt::Write as _;

use crate::claim::Level;
use crate::document::{Block, blocks};
use crate::report::Review;

/// The page's styles in addition to the colours that it shares with the diagrams.
const STYLE: &str = "*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:14px/1.5 \
    var(--font)}main{max-width:960px;margin:0 auto;padding:24px 20px 80px}nav{position:sticky;top:0;display:flex;\
    flex-wrap:wrap;gap:4px 14px;padding:8px 20px;background:var(--paper);border-bottom:1px solid var(--line);\
    font-size:12px}nav a{color:var(--link);text-decoration:none}h1{font-size:22px;margin:0 0 8px}h2{font-size:17px;\
    margin:36px 0 8px;padding-top:6px;border-top:1px solid var(--line)}h3{font-size:13px;margin:18px 0 6px;\
    color:var(--ink-soft)}code{font:12px/1.5 ui-monospace,monospace;background:var(--hover);border-radius:3px;\
    padding:0 3px}pre{background:var(--paper);border:1px solid var(--line);border-radius:6px;padding:8px 12px;\
    overflow:auto}pre code{background:none;padding:0}table{border-collapse:collapse;width:100%;font-size:13px}\
    th,td{text-align:left;vertical-align:top;padding:4px 8px;border-bottom:1px solid var(--line)}th{color:\
    var(--ink-soft);font-weight:600}.claim{background:var(--paper);border:1px solid var(--line);border-left:4px solid \
    var(--ink-soft);border-radius:6px;padding:8px 14px;margin:10px 0}.claim.high{border-left-color:var(--wrong)}\
    .claim.medium{border-left-color:var(--warning)}.claim.low{border-left-color:var(--out)}.level{font-size:11px;\
    font-weight:700;margin-right:6px}.high .level{color:var(--wrong)}.medium .level{color:var(--warning)}.low \
    .level{color:var(--out)}ul{margin:4px 0;padding-left:20px}@media print{nav{display:none}.claim{break-inside:avoid}}";

/// The report as a page.
pub fn html(review: &Review) -> String {
    let all = blocks(review);
    let mut links = String::new();
    let mut body = String::new();
    for (index, block) in all.iter().enumerate() {
        if let Block::Heading(2, words) = block {
            let _ = write!(links, "<a href=\"#s{index}\">{}</a>", escaped(words));
        }
        write(&mut body, block, index);
    }
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>{}{STYLE}</style>\n</head>\n<body>\n\
         <nav>{links}</nav>\n<main>\n{body}</main>\n</body>\n</html>\n",
        escaped(&format!("Review of {}", review.project)),
        report::colours(),
    )
}

fn write(out: &mut String, block: &Block, index: usize) {
    // Writing to a string never fails.
    let _ = match block {
        Block::Heading(depth, words) => {
            writeln!(out, "<h{depth} id=\"s{index}\">{}</h{depth}>", inline(words))
        }
        Block::Paragraph(words) => writeln!(out, "<p>{}</p>", inline(words)),
        Block::List(items) => {
            let items = items.iter().map(|it| format!("<li>{}</li>\n", inline(it)));
            writeln!(out, "<ul>\n{}</ul>", items.collect::<String>())
        }
        Block::Table(heads, rows) => {
            let head = cells(heads.iter().map(|it| escaped(it)), "th scope=\"col\"", "th");
            let row = |row: &Vec<String>| {
                format!("<tr>{}</tr>\n", cells(row.iter().map(|it| inline(it)), "td", "td"))
            };
            let rows = rows.iter().map(row).collect::<String>();
            writeln!(out, "<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>")
        }
        Block::Code(_, text) => writeln!(out, "<pre><code>{}</code></pre>", escaped(text)),
        Block::Claim(level, words, below) => {
            let (class, level) = match level {
                Some(Level::High) => ("high", "HIGH"),
                Some(Level::Medium) => ("medium", "MEDIUM"),
                Some(Level::Low) => ("low", "LOW"),
                None => ("", ""),
            };
            let done = writeln!(
                out,
                "<section class=\"claim {class}\">\n<p><span class=\"level\">{level}</span>{}</p>",
                inline(words)
            );
            for block in below {
                write(out, block, index);
            }
            out.push_str("</section>\n");
            done
        }
    };
}

/// Cells of a row, each in its tags.
fn cells(texts: impl Iterator<Item = String>, opens: &str, closes: &str) -> String {
    texts.fold(String::new(), |row, text| row + "<" + opens + ">" + &text + "</" + closes + ">")
}

/// Text with inline code.
fn inline(words: &str) -> String {
    let parts = words.split('`').enumerate();
    parts
        .map(|(index, part)| match index % 2 {
            0 => escaped(part),
            _ => format!("<code>{}</code>", escaped(part)),
        })
        .collect()
}
