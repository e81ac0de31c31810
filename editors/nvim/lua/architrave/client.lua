-- The client of a buffer, and requests to it, in every Neovim version.

local M = {}

local has_methods = vim.fn.has('nvim-0.11') == 1

---All clients of this server.
---@return table[]
function M.all()
  local list = vim.lsp.get_clients and vim.lsp.get_clients() or vim.lsp.get_active_clients()
  return vim.tbl_filter(function(client)
    return client.name == 'architrave'
  end, list)
end

---The buffer's client of this server, if it has one.
---@param buffer integer
---@return table?
function M.of(buffer)
  for _, client in ipairs(M.all()) do
    if vim.lsp.buf_is_attached(buffer, client.id) then
      return client
    end
  end
end

---@param client table
---@return boolean
function M.is_stopped(client)
  if has_methods then
    return client:is_stopped()
  end
  return client.is_stopped()
end

---@param client table
function M.stop(client)
  if has_methods then
    client:stop()
  else
    client.stop()
  end
end

---Sends a request to the server. `answered` gets the result; an error is shown to the user instead.
---@param client table
---@param method string
---@param params table
---@param buffer integer
---@param answered fun(result: any)?
function M.ask(client, method, params, buffer, answered)
  local function handler(problem, result)
    if problem then
      vim.notify('Architrave: ' .. (problem.message or 'the server refused'), vim.log.levels.ERROR)
    elseif answered then
      answered(result)
    end
  end
  if has_methods then
    client:request(method, params, handler, buffer)
  else
    client.request(method, params, handler, buffer)
  end
end

---Runs one of the server's commands.
---@param client table
---@param command string
---@param arguments any[]
---@param buffer integer
---@param answered fun(result: any)?
function M.run(client, command, arguments, buffer, answered)
  local params = { command = command, arguments = arguments }
  M.ask(client, 'workspace/executeCommand', params, buffer, answered)
end

return M
