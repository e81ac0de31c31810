//! Which distribution brings which modules, where the names differ.

use python::Name;

/// Distributions whose modules are called otherwise, and those that they always bring along: normalized name of the
/// distribution, first names of modules. Sorted.
#[rustfmt::skip]
static MODULES: &[(&str, &[&str])] = &[
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

/// Whether the distribution brings the module that `import`, a dotted name, leads into.
pub(super) fn provides(distribution: &str, import: &Name) -> bool {
    let first = import.split('.').next().unwrap_or_default();
    if let Ok(index) = MODULES.binary_search_by_key(&distribution, |(name, _)| name)
        && MODULES[index].1.contains(&first)
    {
        return true;
    }
    // `google-cloud-storage` brings `google.cloud.storage`, `foo-bar` brings `foo_bar`.
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
    fn the_table_is_sorted() {
        assert!(MODULES.is_sorted_by_key(|(name, _)| name));
    }

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
