//! Relative imports: what they name, and how a name is written relative to a module.

use python::Import;

use super::after::Own;

/// The dotted module that an import names in the module `own`; `None` if its dots lead out of the top-level package.
pub(super) fn absolute(own: &Own, import: &Import) -> Option<String> {
    if import.level == 0 {
        return Some(import.module.to_string());
    }
    let mut package: Vec<&str> = own.name.split('.').collect();
    let up = usize::from(import.level) - usize::from(own.is_package);
    if up >= package.len() {
        return None;
    }
    package.truncate(package.len() - up);
    package.extend((!import.module.is_empty()).then_some(import.module.as_str()));
    Some(package.join("."))
}

/// `module` as written after `from` in the module `own`: relative if requested and both are in one package.
pub(super) fn written(own: &Own, module: &str, is_relative: bool) -> String {
    let mut package: Vec<&str> = own.name.split('.').collect();
    if !own.is_package {
        package.pop();
    }
    let target: Vec<&str> = module.split('.').collect();
    let common = package.iter().zip(&target).take_while(|(left, right)| left == right).count();
    if !is_relative || common == 0 {
        return module.to_owned();
    }
    format!("{}{}", ".".repeat(1 + package.len() - common), target[common..].join("."))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// The importing module, whether relative, the imported module, and the expected form.
    const CASES: &[(&str, bool, &str, &str)] = &[
        ("shop.domain.order", false, "shop.domain.money", ".money"),
        ("shop.domain.order", false, "shop.domain", "."),
        ("shop.domain.order", false, "shop", ".."),
        ("shop.domain.order", false, "shop.api.orders", "..api.orders"),
        ("shop.domain.order", false, "store.api", "store.api"),
        ("shop.domain", true, "shop.domain.money", ".money"),
        ("shop.domain", true, "shop.api", "..api"),
        ("shop", true, "shop.api", ".api"),
        ("main", false, "shop.api", "shop.api"),
    ];

    #[test]
    fn there_and_back() {
        for (name, is_package, module, expected) in CASES {
            let own = Own { name: (*name).into(), is_package: *is_package };
            let text = written(&own, module, true);
            assert_eq!(text, *expected, "{module} in {name}");
            assert_eq!(written(&own, module, false), *module);
            let statement = format!("from {text} import x\n");
            let facts = python::lower(&statement, &python::parse(&statement));
            assert_eq!(absolute(&own, &facts.imports.list[0]).unwrap(), *module, "{text} in {name}");
        }
    }
}
