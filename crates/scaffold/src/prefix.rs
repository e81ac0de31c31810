//! The addresses of a slice: what its routers are included under, where that isn't named after its subject.

use std::collections::BTreeMap;

use crate::spelling::{Setting, Subject, renamed};
use crate::statement::Module;
use crate::survey::SurveyedFile;
use crate::token::{Kind, contents};

/// The addresses that only the model has and that keep its name, with those of the new slice. `texts` are the texts of the
/// model before and after renaming.
pub(crate) fn moved(
    files: &[SurveyedFile],
    texts: &[(&str, &str)],
    from: &Subject,
    to: &Subject,
) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (before, after) in texts {
        for address in addresses(before) {
            let stays = addresses(after).contains(&address);
            let users = files.iter().flat_map(|file| addresses(&file.text)).filter(|it| *it == address);
            // What several routers share is the address of what is around them.
            if stays && users.count() == 1 {
                let new = of_subject(&address, from, to);
                found.extend(new.map(|new| (address, new)));
            }
        }
    }
    found
}

/// A text with these addresses replaced, at the start of its strings.
pub(crate) fn replaced(text: &str, moved: &BTreeMap<String, String>) -> String {
    if moved.is_empty() {
        return text.to_owned();
    }
    let module = Module::parse(text);
    let (mut out, mut copied) = (String::with_capacity(text.len() + 64), 0);
    for (token, it) in module.tokens.iter().enumerate().filter(|(_, it)| it.kind == Kind::Text) {
        let written = module.word(token);
        let inner = contents(written);
        let rest = |old: &str| {
            inner.strip_prefix(old).filter(|rest| rest.is_empty() || rest.starts_with(['/', '?', '{']))
        };
        let Some((new, rest)) = moved.iter().find_map(|(old, new)| Some((new, rest(old)?))) else { continue };
        let start = written.find(inner).unwrap_or_default();
        out += &text[copied..it.span.start];
        for part in [&written[..start], new, rest, &written[start + inner.len()..]] {
            out.push_str(part);
        }
        copied = it.span.end;
    }
    out + &text[copied..]
}

/// The addresses that a text includes routers under: `prefix="/orders"`, `path("orders/", include(...))`,
/// `register("orders", ...)`.
fn addresses(text: &str) -> Vec<String> {
    let module = Module::parse(text);
    let word = |token: usize| module.word(token);
    let texts = (2..module.tokens.len()).filter(|token| module.kind(*token) == Some(Kind::Text));
    let is_address = |token: &usize| {
        let is_prefix = word(token - 1) == "=" && matches!(word(token - 2), "prefix" | "url_prefix");
        let is_of_register =
            word(token - 1) == "(" && word(token - 2) == "register" && word(token.wrapping_sub(3)) == ".";
        let is_of_include = word(token - 1) == "("
            && word(token - 2) == "path"
            && word(token + 1) == ","
            && word(token + 2) == "include";
        is_prefix || is_of_register || is_of_include
    };
    texts.filter(is_address).map(|token| contents(word(token)).to_owned()).collect()
}

/// An address with its last name replaced by that of the new subject; `None` if it has no name.
fn of_subject(address: &str, from: &Subject, to: &Subject) -> Option<String> {
    let is_name = |part: &&str| part.chars().all(|it| it.is_alphanumeric() || it == '-' || it == '_');
    let last = address.split('/').rfind(|part| !part.is_empty()).filter(is_name)?;
    // The slashes around it say how its words are joined.
    let own = format!("/{}/", from.many());
    let at = address.rfind(last)?;
    let new = renamed(&own, from, to, Setting::Words);
    let new = new.trim_matches('/');
    Some(format!("{}{new}{}", &address[..at], &address[at + last.len()..]))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::survey::Place;

    fn file(text: &str) -> SurveyedFile {
        SurveyedFile {
            path: "shop/x.py".into(),
            text: text.to_owned(),
            place: Place::Code,
            has_routes: true,
            foreign: Vec::new(),
            links: Vec::new(),
            layer: None,
        }
    }

    #[test]
    fn an_address_of_another_name_is_not_kept() {
        let (from, to) = (Subject::of("order").unwrap(), Subject::of("gift card").unwrap());
        let router = "router = APIRouter(prefix=\"/purchases\")\n";
        let app = "app.include_router(orders.router, prefix=\"/api\")\napp.include_router(users.router, prefix=\"/api\")\n";
        let files = [file(router), file(app)];
        let texts = [(router, router), (app, app)];
        let moved = moved(&files, &texts, &from, &to);
        assert_eq!(moved, BTreeMap::from([("/purchases".to_owned(), "/gift-cards".to_owned())]));
        let tests =
            "client.get(\"/purchases\")\nclient.get(f\"/purchases/{id}\")\nclient.get(\"/purchases-old\")\n";
        let after = "client.get(\"/gift-cards\")\nclient.get(f\"/gift-cards/{id}\")\nclient.get(\"/purchases-old\")\n";
        assert_eq!(replaced(tests, &moved), after);
    }

    #[test]
    fn an_address_of_its_own_name_is_renamed_already() {
        let (from, to) = (Subject::of("order").unwrap(), Subject::of("ticket").unwrap());
        let (before, after) = ("include(prefix=\"/orders\")\n", "include(prefix=\"/tickets\")\n");
        assert!(moved(&[file(before)], &[(before, after)], &from, &to).is_empty());
        let urls = "urlpatterns = [path(\"shop/buy/\", include(\"shop.orders.urls\"))]\n";
        let new = moved(&[file(urls)], &[(urls, urls)], &from, &to);
        assert_eq!(new, BTreeMap::from([("shop/buy/".to_owned(), "shop/tickets/".to_owned())]));
        let unnamed = "x = f(prefix=\"/{id}\")\n";
        assert!(moved(&[file(unnamed)], &[(unnamed, unnamed)], &from, &to).is_empty());
    }
}
