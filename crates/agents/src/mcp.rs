//! The tools over the Model Context Protocol, on standard input and output (<https://modelcontextprotocol.io>,
//! 2026-07-28).
//!
//! One thread owns the [`Session`]; the protocol's tasks send it questions and wait. A question that can't be answered
//! gets an answer with the reason, which the model reads; an unknown tool or resource is a protocol error.

use std::sync::{Arc, mpsc};

use cache::Store;
use camino::Utf8PathBuf;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, ErrorData, Implementation,
    ListResourcesResult, ListToolsResult, PaginatedRequestParams, ReadResourceRequestParams,
    ReadResourceResponse, ReadResourceResult, Resource, ResourceContents, ServerCapabilities, ServerConfig,
    Tool, ToolAnnotations,
};
use rmcp::service::RequestContext;
use rmcp::{RoleServer, ServerHandler, ServiceExt as _};
use serde_json::Value;
use tokio::sync::oneshot;

use crate::session::Session;
use crate::{Refused, resources, tools};

/// The instructions that the model receives once: when to call which tool.
const INSTRUCTIONS: &str = "Architecture of this Python backend. Before an edit: context. Before a new import across folders: \
may_import. Before a new class or module: place. After every edit: check; end only with status clean, or say why not.";

type Ask = Box<dyn FnOnce(&mut Session) -> Result<Value, Refused> + Send>;

/// A question, and the channel for its answer.
struct Question {
    ask: Ask,
    answer: oneshot::Sender<Result<Value, Refused>>,
}

#[derive(Clone)]
struct Server {
    questions: mpsc::Sender<Question>,
}

/// Serves the project in `root` until the client disconnects, with the cache of earlier runs in `store`.
///
/// # Errors
/// If threads can't be started, or standard input and output can't be used.
pub fn serve(root: Utf8PathBuf, store: Store) -> anyhow::Result<()> {
    let (questions, inbox) = mpsc::channel::<Question>();
    std::thread::Builder::new().name("session".to_owned()).spawn(move || answer_all(&root, store, &inbox))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let running = Server { questions }.serve(rmcp::transport::stdio()).await?;
        running.waiting().await?;
        anyhow::Ok(())
    })
}

fn answer_all(root: &camino::Utf8Path, store: Store, inbox: &mpsc::Receiver<Question>) {
    let mut session = Session::open(root, store);
    if let Ok(session) = &mut session {
        // Before the first question, which would wait for it. A failure is told by the question that meets it too.
        let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| session.refresh()));
    }
    while let Ok(question) = inbox.recv() {
        let answer = match &mut session {
            Ok(session) => {
                let answered = std::panic::AssertUnwindSafe(|| (question.ask)(session));
                std::panic::catch_unwind(answered)
                    .unwrap_or_else(|_| Err(Refused::new("the analysis of this question failed")))
            }
            Err(refused) => Err(refused.clone()),
        };
        // The requester may be gone.
        let _ = question.answer.send(answer);
    }
}

impl Server {
    async fn ask(
        &self,
        ask: impl FnOnce(&mut Session) -> Result<Value, Refused> + Send + 'static,
    ) -> Result<Result<Value, Refused>, ErrorData> {
        let gone = || ErrorData::internal_error("the analysis has ended", None);
        let (answer, answered) = oneshot::channel();
        self.questions.send(Question { ask: Box::new(ask), answer }).map_err(|_| gone())?;
        answered.await.map_err(|_| gone())
    }
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().enable_resources().build();
        ServerConfig::new(capabilities)
            .with_server_info(Implementation::new("architrave", env!("CARGO_PKG_VERSION")))
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(tools::ALL.iter().map(described).collect()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some(tool) = tools::by_name(&request.name) else {
            return Err(ErrorData::invalid_params(format!("no tool is called `{}`", request.name), None));
        };
        let arguments = request.arguments.map_or(Value::Null, Value::Object);
        let result = match self.ask(move |session| tool.call(session, arguments)).await? {
            Ok(answer) => CallToolResult::success(vec![ContentBlock::text(answer.to_string())]),
            Err(refused) => CallToolResult::error(vec![ContentBlock::text(refused.to_string())]),
        };
        Ok(result.into())
    }

    async fn list_resources(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let listed = resources::ALL.iter().map(|resource| {
            Resource::new(resource.uri, resource.name)
                .with_description(resource.description)
                .with_mime_type("application/json")
        });
        Ok(ListResourcesResult::with_all_items(listed.collect()))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let Some(resource) = resources::ALL.iter().find(|resource| resource.uri == request.uri) else {
            return Err(ErrorData::resource_not_found(format!("there is no {}", request.uri), None));
        };
        let answer = self.ask(|session| resource.read(session)).await?;
        let answer = answer.map_err(|refused| ErrorData::internal_error(refused.to_string(), None))?;
        let contents =
            ResourceContents::text(answer.to_string(), request.uri).with_mime_type("application/json");
        Ok(ReadResourceResult::new(vec![contents]).into())
    }
}

fn described(tool: &'static tools::Tool) -> Tool {
    let Value::Object(schema) = tool.schema() else { unreachable!("a schema is an object") };
    let mut described = Tool::new(tool.name, tool.description, Arc::new(schema));
    described.annotations = Some(ToolAnnotations::new().read_only(true).open_world(false));
    described
}
