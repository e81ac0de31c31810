//! Which distribution provides which modules, where the names differ.

use python::Name;

/// Whether the distribution provides the module of `import`, a dotted name.
pub(super) fn provides(distribution: &str, import: &Name) -> bool {
    let first = import.split('.').next().unwrap_or_default();
    if libraries::brings(distribution, first) {
        return true;
    }
    // `google-cloud-storage` provides `google.cloud.storage`, `foo-bar` provides `foo_bar`.
    let normal = import.replace(['.', '_'], "-").to_ascii_lowercase();
    normal.strip_prefix(distribution).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        || distribution.strip_prefix("python-").or_else(|| distribution.strip_prefix("py")).is_some_and(
            |rest| normal.strip_prefix(rest).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_of_distributions() {
        let cases = [
            ("boto3", "botocore.exceptions.ClientError", true),
            ("boto3", "boto3", true),
            ("flask-login", "flask_login.UserMixin", true),
            ("flask", "flask_login.UserMixin", true),
            ("google-cloud-storage", "google.cloud.storage.Client", true),
            ("google-cloud-storage", "google.cloud.bigquery", false),
            ("djangorestframework", "rest_framework.views", true),
            ("redis", "rediscluster", false),
            ("pyyaml", "yaml", true),
        ];
        for (distribution, import, expected) in cases {
            assert_eq!(provides(distribution, &import.into()), expected, "{distribution} {import}");
        }
    }
}
