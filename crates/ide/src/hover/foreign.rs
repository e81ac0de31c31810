//! Whose code an import of a third party is: the distribution to look for in the project's dependencies.

/// Distributions whose modules have another name, as they are met in backends.
const DISTRIBUTIONS: [(&str, &str); 36] = [
    ("OpenSSL", "pyOpenSSL"),
    ("PIL", "Pillow"),
    ("attr", "attrs"),
    ("bs4", "beautifulsoup4"),
    ("confluent_kafka", "confluent-kafka"),
    ("corsheaders", "django-cors-headers"),
    ("cv2", "opencv-python"),
    ("dateutil", "python-dateutil"),
    ("decouple", "python-decouple"),
    ("django", "Django"),
    ("django_filters", "django-filter"),
    ("docx", "python-docx"),
    ("dotenv", "python-dotenv"),
    ("elasticsearch_dsl", "elasticsearch-dsl"),
    ("environ", "django-environ"),
    ("fitz", "PyMuPDF"),
    ("flask", "Flask"),
    ("git", "GitPython"),
    ("google.protobuf", "protobuf"),
    ("grpc", "grpcio"),
    ("jose", "python-jose"),
    ("jwt", "PyJWT"),
    ("ldap", "python-ldap"),
    ("magic", "python-magic"),
    ("MySQLdb", "mysqlclient"),
    ("multipart", "python-multipart"),
    ("nacl", "PyNaCl"),
    ("psycopg2", "psycopg2"),
    ("pydantic_settings", "pydantic-settings"),
    ("rest_framework", "djangorestframework"),
    ("serial", "pyserial"),
    ("sklearn", "scikit-learn"),
    ("sqlalchemy", "SQLAlchemy"),
    ("telegram", "python-telegram-bot"),
    ("yaml", "PyYAML"),
    ("zmq", "pyzmq"),
];

/// The words about a dotted name of a third party.
pub(super) fn of_third_party(name: &str) -> String {
    format!("`{name}`: third party, distribution `{}`; no code of this project", distribution(name))
}

/// The distribution that a dotted name belongs to: of another name where that is known, else called like the module.
fn distribution(name: &str) -> String {
    let known = DISTRIBUTIONS.iter().find(|(module, _)| {
        name.strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    });
    match known {
        Some((_, distribution)) => (*distribution).to_owned(),
        None => name.split('.').next().unwrap_or(name).replace('_', "-"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distributions() {
        let cases = [
            ("yaml", "PyYAML"),
            ("yaml.loader", "PyYAML"),
            ("yamlish", "yamlish"),
            ("google.protobuf.message", "protobuf"),
            ("google.cloud", "google"),
            ("structlog_sentry.processors", "structlog-sentry"),
        ];
        for (name, expected) in cases {
            assert_eq!(distribution(name), expected, "{name}");
        }
    }
}
