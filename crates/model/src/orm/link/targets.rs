//! Resolves the name of an entity.

use python::Name;

use super::{Linker, Place};
use crate::orm::Orm;
use crate::orm::declared::Target;
use crate::{ClassRef, ModuleId, Modules};

/// Labels of the applications included in Django.
const CONTRIB: &[&str] = &["admin", "auth", "contenttypes", "flatpages", "redirects", "sessions", "sites"];

impl Linker<'_> {
    /// The target entity of a relation.
    pub(super) fn target(&self, target: &Target, place: &Place<'_>) -> Option<ClassRef> {
        let Place { class, draft, owner, home, .. } = *place;
        match target {
            Target::Class(class) => self.drafts.contains_key(class).then(|| class.clone()),
            Target::Named(_) if self.borrowed.is_some() && super::borrowed::leads_there(target) => {
                self.borrowed.clone()
            }
            Target::Named(name) => self
                .named(name, owner.module, draft.orm)
                .or_else(|| self.named(name, class.module, draft.orm)),
            Target::OfClass(name) => match self.value(&draft.chain, name)? {
                Target::OfClass(_) => None,
                value => self.target(value, place),
            },
            Target::Itself => Some(home.clone()),
            Target::User => self.user.clone(),
            Target::Foreign(_) | Target::Unknown => None,
        }
    }

    /// The entity called `name` as seen from a module: `Order`, `shop.Order`, `shop.models.Order`.
    pub(super) fn named(&self, name: &str, from: ModuleId, orm: Orm) -> Option<ClassRef> {
        let (prefix, last) = name.rsplit_once('.').map_or(("", name), |(prefix, last)| (prefix, last));
        let is_django = orm == Orm::Django;
        // Django looks models up without regard to case: `"shop.order"`.
        let called = self.by_name.get(last).or_else(|| {
            let names = self.by_name.iter().filter(|(name, _)| is_django && name.eq_ignore_ascii_case(last));
            names.min_by_key(|(name, _)| name.as_str()).map(|(_, classes)| classes)
        });
        let candidates: Vec<&ClassRef> = called?
            .iter()
            .filter(|it| self.drafts.get(*it).is_some_and(|draft| (draft.orm == Orm::Django) == is_django))
            .collect();
        let rank = |class: &ClassRef| {
            let fits = if prefix.is_empty() { 0 } else { self.fit(class, prefix) };
            let is_concrete = self.drafts.get(class).is_some_and(|draft| !draft.is_abstract);
            (fits, shared(self.modules, class.module, from), is_concrete)
        };
        let found = nearest(&candidates, rank)?;
        // `"auth.Group"` isn't the group of another application.
        let is_contrib = is_django && CONTRIB.contains(&prefix) && self.fit(&found, prefix) == 0;
        (!is_contrib).then_some(found)
    }

    /// How well a class matches the prefix of its name: the label of its app, or its module.
    fn fit(&self, class: &ClassRef, prefix: &str) -> usize {
        let module = self.modules[class.module].name.as_str();
        if module == prefix
            || module.ends_with(&format!(".{prefix}"))
            || module.starts_with(&format!("{prefix}."))
        {
            return 4;
        }
        let label = self.classes.get(class).and_then(|body| body.app_label.as_deref());
        if label == Some(prefix) || self.app_label(class) == Some(prefix) {
            return 3;
        }
        let last = prefix.rsplit('.').next().unwrap_or_default();
        usize::from(module.split('.').any(|segment| segment == prefix || segment == last)) * 2
    }

    /// The label of the app that a class belongs to: the package of its `models`.
    pub(super) fn app_label(&self, class: &ClassRef) -> Option<&str> {
        if let Some(label) = self.classes.get(class).and_then(|body| body.app_label.as_deref()) {
            return Some(label);
        }
        let module = self.modules[class.module].name.as_str();
        let segments: Vec<&str> = module.split('.').collect();
        let models = segments.iter().rposition(|segment| *segment == "models")?;
        segments.get(models.checked_sub(1)?).copied()
    }
}

/// The best candidate; `None` if two are equally good.
fn nearest<R: Ord>(candidates: &[&ClassRef], rank: impl Fn(&ClassRef) -> R) -> Option<ClassRef> {
    let mut best: Option<(R, &ClassRef)> = None;
    let mut is_tied = false;
    for class in candidates {
        let own = rank(class);
        match &best {
            Some((rank, _)) if own < *rank => {}
            Some((rank, _)) if own == *rank => is_tied = true,
            _ => {
                best = Some((own, class));
                is_tied = false;
            }
        }
    }
    best.filter(|_| !is_tied).map(|(_, class)| class.clone())
}

/// The number of leading segments that the names of two modules share; one more than all for the same module.
pub(crate) fn shared(modules: &Modules, left: ModuleId, right: ModuleId) -> usize {
    if left == right {
        return usize::MAX;
    }
    let (left, right) = (&modules[left], &modules[right]);
    let pairs = left.name.split('.').zip(right.name.split('.'));
    usize::from(left.root == right.root) + pairs.take_while(|(left, right)| left == right).count()
}

/// The nearest of several classes with the same name, as seen from a module.
pub(crate) fn nearest_class(modules: &Modules, candidates: &[ClassRef], from: ModuleId) -> Option<ClassRef> {
    let candidates: Vec<&ClassRef> = candidates.iter().collect();
    nearest(&candidates, |class| shared(modules, class.module, from))
}

/// The lower-case name of a class.
pub(super) fn lower(class: &ClassRef) -> Name {
    class.name.to_lowercase().into()
}
