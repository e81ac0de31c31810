//! The libraries that have a file of their own. Written by `cargo test -p libraries`: add a file, and run it.

mod adrf;
mod advanced_alchemy;
mod aio_pika;
mod aioboto3;
mod aiobotocore;
mod aiocache;
mod aiofiles;
mod aiogram;
mod aiohttp;
mod aiohttp_retry;
mod aioinject;
mod aiokafka;
mod aiomysql;
mod aiopg;
mod aioredis;
mod aiosmtplib;
mod aiosqlite;
mod allauth;
mod anthropic;
mod anydi;
mod anyio;
mod apiflask;
mod asgiref;
mod async_lru;
mod asyncache;
mod asyncpg;
mod attrs;
mod authlib;
mod azure;
mod backoff;
mod beanie;
mod blacksheep;
mod blinker;
mod boto3;
mod bottle;
mod cachetools;
mod celery;
mod channels;
mod click;
mod colander;
mod confluent_kafka;
mod connexion;
mod databases;
mod decouple;
mod dependency_injector;
mod diator;
mod dishka;
mod dj_rest_auth;
mod django;
mod django_filters;
mod django_tables2;
mod djoser;
mod docker;
mod dogpile;
mod dotenv;
mod dramatiq;
mod drf_spectacular;
mod drf_yasg;
mod duckdb;
mod elasticsearch;
mod elasticsearch_dsl;
mod environ;
mod environs;
mod falcon;
mod fastapi;
mod fastapi_pagination;
mod fastcrud;
mod faststream;
mod firebase_admin;
mod flask;
mod flask_admin;
mod flask_appbuilder;
mod flask_bcrypt;
mod flask_caching;
mod flask_classful;
mod flask_cors;
mod flask_jwt_extended;
mod flask_limiter;
mod flask_login;
mod flask_mail;
mod flask_marshmallow;
mod flask_migrate;
mod flask_rest_jsonapi;
mod flask_restful;
mod flask_restplus;
mod flask_restx;
mod flask_script;
mod flask_smorest;
mod flask_sqlalchemy;
mod flask_wtf;
mod gino;
mod google;
mod graphene;
mod graphene_django;
mod graphene_sqlalchemy;
mod grpc;
mod httpx;
mod huey;
mod inject;
mod injector;
mod jinja2;
mod kafka;
mod kink;
mod kombu;
mod lagom;
mod litestar;
mod mako;
mod marshmallow;
mod marshmallow_jsonapi;
mod marshmallow_sqlalchemy;
mod meilisearch;
mod minio;
mod mongoengine;
mod motor;
mod msgspec;
mod mysql_connector;
mod mysqlclient;
mod nats;
mod neo4j;
mod ninja;
mod ninja_extra;
mod numpy;
mod odmantic;
mod openai;
mod opensearchpy;
mod orjson;
mod ormar;
mod pandas;
mod paramiko;
mod passlib;
mod peewee;
mod piccolo;
mod pika;
mod pony;
mod prometheus_client;
mod psycopg;
mod psycopg2;
mod punq;
mod pydantic;
mod pydantic_settings;
mod pymongo;
mod pymysql;
mod pynamodb;
mod pyodbc;
mod pyramid;
mod qdrant_client;
mod quart;
mod redis;
mod redis_om;
mod requests;
mod rest_framework;
mod rest_framework_simplejwt;
mod rodi;
mod rq;
mod sanic;
mod sendgrid;
mod sentry_sdk;
mod slack_sdk;
mod sqladmin;
mod sqlalchemy;
mod sqlmodel;
mod stamina;
mod standard;
mod starlette;
mod strawberry;
mod strawberry_django;
mod stripe;
mod structlog;
mod supabase;
mod svcs;
mod taskiq;
mod tenacity;
mod that_depends;
mod tornado;
mod tortoise;
mod twilio;
mod typer;
mod typing_extensions;
mod umongo;
mod urllib3;
mod uvicorn;
mod watchfiles;
mod webob;
mod websockets;
mod werkzeug;
mod wireup;
mod wtforms;
mod zeep;
mod zope;

use crate::Library;

/// All of them, in order of their files.
#[rustfmt::skip]
pub(crate) static ALL: &[&Library] = &[
    &adrf::LIBRARY, &advanced_alchemy::LIBRARY, &aio_pika::LIBRARY, &aioboto3::LIBRARY,
    &aiobotocore::LIBRARY, &aiocache::LIBRARY, &aiofiles::LIBRARY, &aiogram::LIBRARY,
    &aiohttp::LIBRARY, &aiohttp_retry::LIBRARY, &aioinject::LIBRARY, &aiokafka::LIBRARY,
    &aiomysql::LIBRARY, &aiopg::LIBRARY, &aioredis::LIBRARY, &aiosmtplib::LIBRARY,
    &aiosqlite::LIBRARY, &allauth::LIBRARY, &anthropic::LIBRARY, &anydi::LIBRARY,
    &anyio::LIBRARY, &apiflask::LIBRARY, &asgiref::LIBRARY, &async_lru::LIBRARY,
    &asyncache::LIBRARY, &asyncpg::LIBRARY, &attrs::LIBRARY, &authlib::LIBRARY,
    &azure::LIBRARY, &backoff::LIBRARY, &beanie::LIBRARY, &blacksheep::LIBRARY,
    &blinker::LIBRARY, &boto3::LIBRARY, &bottle::LIBRARY, &cachetools::LIBRARY,
    &celery::LIBRARY, &channels::LIBRARY, &click::LIBRARY, &colander::LIBRARY,
    &confluent_kafka::LIBRARY, &connexion::LIBRARY, &databases::LIBRARY, &decouple::LIBRARY,
    &dependency_injector::LIBRARY, &diator::LIBRARY, &dishka::LIBRARY, &dj_rest_auth::LIBRARY,
    &django::LIBRARY, &django_filters::LIBRARY, &django_tables2::LIBRARY, &djoser::LIBRARY,
    &docker::LIBRARY, &dogpile::LIBRARY, &dotenv::LIBRARY, &dramatiq::LIBRARY,
    &drf_spectacular::LIBRARY, &drf_yasg::LIBRARY, &duckdb::LIBRARY, &elasticsearch::LIBRARY,
    &elasticsearch_dsl::LIBRARY, &environ::LIBRARY, &environs::LIBRARY, &falcon::LIBRARY,
    &fastapi::LIBRARY, &fastapi_pagination::LIBRARY, &fastcrud::LIBRARY, &faststream::LIBRARY,
    &firebase_admin::LIBRARY, &flask::LIBRARY, &flask_admin::LIBRARY, &flask_appbuilder::LIBRARY,
    &flask_bcrypt::LIBRARY, &flask_caching::LIBRARY, &flask_classful::LIBRARY, &flask_cors::LIBRARY,
    &flask_jwt_extended::LIBRARY, &flask_limiter::LIBRARY, &flask_login::LIBRARY, &flask_mail::LIBRARY,
    &flask_marshmallow::LIBRARY, &flask_migrate::LIBRARY, &flask_rest_jsonapi::LIBRARY, &flask_restful::LIBRARY,
    &flask_restplus::LIBRARY, &flask_restx::LIBRARY, &flask_script::LIBRARY, &flask_smorest::LIBRARY,
    &flask_sqlalchemy::LIBRARY, &flask_wtf::LIBRARY, &gino::LIBRARY, &google::LIBRARY,
    &graphene::LIBRARY, &graphene_django::LIBRARY, &graphene_sqlalchemy::LIBRARY, &grpc::LIBRARY,
    &httpx::LIBRARY, &huey::LIBRARY, &inject::LIBRARY, &injector::LIBRARY,
    &jinja2::LIBRARY, &kafka::LIBRARY, &kink::LIBRARY, &kombu::LIBRARY,
    &lagom::LIBRARY, &litestar::LIBRARY, &mako::LIBRARY, &marshmallow::LIBRARY,
    &marshmallow_jsonapi::LIBRARY, &marshmallow_sqlalchemy::LIBRARY, &meilisearch::LIBRARY, &minio::LIBRARY,
    &mongoengine::LIBRARY, &motor::LIBRARY, &msgspec::LIBRARY, &mysql_connector::LIBRARY,
    &mysqlclient::LIBRARY, &nats::LIBRARY, &neo4j::LIBRARY, &ninja::LIBRARY,
    &ninja_extra::LIBRARY, &numpy::LIBRARY, &odmantic::LIBRARY, &openai::LIBRARY,
    &opensearchpy::LIBRARY, &orjson::LIBRARY, &ormar::LIBRARY, &pandas::LIBRARY,
    &paramiko::LIBRARY, &passlib::LIBRARY, &peewee::LIBRARY, &piccolo::LIBRARY,
    &pika::LIBRARY, &pony::LIBRARY, &prometheus_client::LIBRARY, &psycopg::LIBRARY,
    &psycopg2::LIBRARY, &punq::LIBRARY, &pydantic::LIBRARY, &pydantic_settings::LIBRARY,
    &pymongo::LIBRARY, &pymysql::LIBRARY, &pynamodb::LIBRARY, &pyodbc::LIBRARY,
    &pyramid::LIBRARY, &qdrant_client::LIBRARY, &quart::LIBRARY, &redis::LIBRARY,
    &redis_om::LIBRARY, &requests::LIBRARY, &rest_framework::LIBRARY, &rest_framework_simplejwt::LIBRARY,
    &rodi::LIBRARY, &rq::LIBRARY, &sanic::LIBRARY, &sendgrid::LIBRARY,
    &sentry_sdk::LIBRARY, &slack_sdk::LIBRARY, &sqladmin::LIBRARY, &sqlalchemy::LIBRARY,
    &sqlmodel::LIBRARY, &stamina::LIBRARY, &standard::LIBRARY, &starlette::LIBRARY,
    &strawberry::LIBRARY, &strawberry_django::LIBRARY, &stripe::LIBRARY, &structlog::LIBRARY,
    &supabase::LIBRARY, &svcs::LIBRARY, &taskiq::LIBRARY, &tenacity::LIBRARY,
    &that_depends::LIBRARY, &tornado::LIBRARY, &tortoise::LIBRARY, &twilio::LIBRARY,
    &typer::LIBRARY, &typing_extensions::LIBRARY, &umongo::LIBRARY, &urllib3::LIBRARY,
    &uvicorn::LIBRARY, &watchfiles::LIBRARY, &webob::LIBRARY, &websockets::LIBRARY,
    &werkzeug::LIBRARY, &wireup::LIBRARY, &wtforms::LIBRARY, &zeep::LIBRARY,
    &zope::LIBRARY,
];
