//! Names on the Python package index: the distribution that a module belongs to, and the modules that a distribution
//! provides.

use crate::{is_of, known};

/// Modules of distributions with a different name, if the library has no file of its own.
const OTHERS: &[(&str, &str)] = &[
    ("OpenSSL", "pyOpenSSL"),
    ("PIL", "Pillow"),
    ("bs4", "beautifulsoup4"),
    ("corsheaders", "django-cors-headers"),
    ("cv2", "opencv-python"),
    ("dateutil", "python-dateutil"),
    ("docx", "python-docx"),
    ("fitz", "PyMuPDF"),
    ("git", "GitPython"),
    ("google.protobuf", "protobuf"),
    ("jose", "python-jose"),
    ("jwt", "PyJWT"),
    ("ldap", "python-ldap"),
    ("magic", "python-magic"),
    ("multipart", "python-multipart"),
    ("nacl", "PyNaCl"),
    ("serial", "pyserial"),
    ("sklearn", "scikit-learn"),
    ("telegram", "python-telegram-bot"),
    ("yaml", "PyYAML"),
    ("zmq", "pyzmq"),
];

/// Distributions whose modules have different names, including modules of dependencies that they always install: the
/// normalized name of the distribution, and the first segments of modules. Sorted.
#[rustfmt::skip]
static BROUGHT: &[(&str, &[&str])] = &[
    ("aioboto3", &["aiobotocore", "boto3", "botocore"]),
    ("aiobotocore", &["botocore"]),
    ("alembic", &["mako", "sqlalchemy"]),
    ("apache-airflow", &["airflow"]),
    ("attrs", &["attr", "attrs"]),
    ("beautifulsoup4", &["bs4"]),
    ("boto3", &["botocore", "s3transfer"]),
    ("celery", &["billiard", "kombu", "vine"]),
    ("channels", &["asgiref"]),
    ("connexion", &["flask", "werkzeug"]),
    ("django", &["asgiref", "sqlparse"]),
    ("django-allauth", &["allauth"]),
    ("django-cors-headers", &["corsheaders"]),
    ("django-crispy-forms", &["crispy_forms"]),
    ("django-debug-toolbar", &["debug_toolbar"]),
    ("django-environ", &["environ"]),
    ("django-extensions", &["django_extensions"]),
    ("django-filter", &["django_filters"]),
    ("django-guardian", &["guardian"]),
    ("django-import-export", &["import_export"]),
    ("django-model-utils", &["model_utils"]),
    ("django-mptt", &["mptt"]),
    ("django-ninja", &["ninja"]),
    ("django-phonenumber-field", &["phonenumber_field"]),
    ("django-polymorphic", &["polymorphic"]),
    ("django-reversion", &["reversion"]),
    ("django-simple-history", &["simple_history"]),
    ("django-storages", &["storages"]),
    ("django-taggit", &["taggit"]),
    ("django-treebeard", &["treebeard"]),
    ("djangorestframework", &["rest_framework"]),
    ("djangorestframework-simplejwt", &["rest_framework_simplejwt"]),
    ("fastapi", &["annotated_types", "anyio", "pydantic", "pydantic_core", "starlette", "typing_extensions"]),
    ("fastapi-users", &["fastapi_users"]),
    ("flask", &["blinker", "click", "itsdangerous", "jinja2", "markupsafe", "werkzeug"]),
    ("flask-appbuilder", &["flask", "flask_babel", "flask_login", "flask_sqlalchemy", "flask_wtf", "sqlalchemy", "wtforms"]),
    ("flask-sqlalchemy", &["flask", "sqlalchemy"]),
    ("gitpython", &["git"]),
    ("google-api-python-client", &["googleapiclient"]),
    ("graphene-django", &["graphene"]),
    ("grpcio", &["grpc"]),
    ("httpx", &["anyio", "certifi", "h11", "httpcore", "idna", "sniffio"]),
    ("jinja2", &["markupsafe"]),
    ("kafka-python", &["kafka"]),
    ("langchain", &["langchain_core"]),
    ("ldap3", &["ldap3"]),
    ("litestar", &["anyio", "msgspec", "multidict"]),
    ("markdown", &["markdown"]),
    ("msgpack-python", &["msgpack"]),
    ("mysql-connector-python", &["mysql"]),
    ("mysqlclient", &["MySQLdb"]),
    ("opencv-python", &["cv2"]),
    ("opencv-python-headless", &["cv2"]),
    ("pandas", &["dateutil", "numpy", "pytz"]),
    ("passlib", &["passlib"]),
    ("pillow", &["PIL"]),
    ("protobuf", &["google"]),
    ("psycopg-binary", &["psycopg"]),
    ("psycopg2-binary", &["psycopg2"]),
    ("pyasn1-modules", &["pyasn1"]),
    ("pycryptodome", &["Crypto"]),
    ("pycryptodomex", &["Cryptodome"]),
    ("pydantic", &["annotated_types", "pydantic_core", "typing_extensions"]),
    ("pydantic-settings", &["dotenv", "pydantic"]),
    ("pyjwt", &["jwt"]),
    ("pyopenssl", &["OpenSSL", "cryptography"]),
    ("pyserial", &["serial"]),
    ("python-dateutil", &["dateutil"]),
    ("python-decouple", &["decouple"]),
    ("python-dotenv", &["dotenv"]),
    ("python-jose", &["jose"]),
    ("python-json-logger", &["pythonjsonlogger"]),
    ("python-ldap", &["ldap"]),
    ("python-magic", &["magic"]),
    ("python-multipart", &["multipart", "python_multipart"]),
    ("python-slugify", &["slugify"]),
    ("python-socketio", &["socketio"]),
    ("python-telegram-bot", &["telegram"]),
    ("pyyaml", &["yaml"]),
    ("pyzmq", &["zmq"]),
    ("requests", &["certifi", "charset_normalizer", "idna", "urllib3"]),
    ("scikit-image", &["skimage"]),
    ("scikit-learn", &["sklearn"]),
    ("sentry-sdk", &["sentry_sdk"]),
    ("setuptools", &["pkg_resources", "setuptools"]),
    ("sqlalchemy", &["greenlet", "typing_extensions"]),
    ("sqlmodel", &["pydantic", "sqlalchemy"]),
    ("starlette", &["anyio"]),
    ("strawberry-graphql", &["graphql", "strawberry"]),
    ("typer", &["click", "rich"]),
    ("uvicorn", &["click", "h11"]),
    ("werkzeug", &["markupsafe"]),
];

/// The distribution that a dotted name belongs to. Unless a different name is known, it is named like the module.
pub fn distribution(full_name: &str) -> String {
    if let Some((_, distribution)) = OTHERS.iter().find(|(module, _)| is_of(full_name, module)) {
        return (*distribution).to_owned();
    }
    let first = full_name.split('.').next().unwrap_or(full_name);
    let library = known::ALL.iter().find(|library| library.imports.first() == Some(&first));
    match library {
        Some(library) if !library.distribution.is_empty() => library.distribution.to_owned(),
        _ => first.replace('_', "-"),
    }
}

/// Whether a distribution (by its normalized name) is known to provide modules that begin with `first`.
pub fn brings(distribution: &str, first: &str) -> bool {
    modules_of(distribution).contains(&first)
}

/// The modules that a distribution is known to bring, where they aren't named like it.
pub(crate) fn modules_of(distribution: &str) -> &'static [&'static str] {
    let found = BROUGHT.binary_search_by_key(&distribution, |(name, _)| name);
    found.map_or(&[], |index| BROUGHT[index].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(BROUGHT.is_sorted_by_key(|(name, _)| name));
    }

    #[test]
    fn distributions() {
        for (name, expected) in [
            ("yaml", "PyYAML"),
            ("yaml.loader", "PyYAML"),
            ("yamlish", "yamlish"),
            ("google.protobuf.message", "protobuf"),
            ("google.cloud", "google"),
            ("rest_framework.views", "djangorestframework"),
            ("structlog_sentry.processors", "structlog-sentry"),
        ] {
            assert_eq!(distribution(name), expected, "{name}");
        }
        assert!(brings("boto3", "botocore"));
        assert!(!brings("boto3", "aiobotocore"));
    }
}
