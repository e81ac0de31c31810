-- Which buffers the server handles, from which folder, and how it is started: the same for every Neovim version.
--
-- Only functions available in Neovim 0.7 are used here.

local announced = require('architrave.announced')
local buffers = require('architrave.buffers')
local client = require('architrave.client')
local program = require('architrave.program')

local M = {}

M.wanted = buffers.wanted
M.root = buffers.root
M.capabilities = announced.capabilities

---The command line of the server for a project.
---@param root string?
---@return string[]
function M.cmd(root)
  local command = program.find(root)
  return command or { 'architrave', 'server' }
end

---The user's settings, in the form that the server takes: `vim.g.architrave_settings`.
---@return table
function M.settings()
  return { architrave = vim.g.architrave_settings or vim.empty_dict() }
end

---Set-up for every buffer of the server.
---@param buffer integer
function M.on_attach(_, buffer)
  require('architrave.commands').add(buffer)
  require('architrave.lenses').show(buffer)
end

-- Clients by root, for Neovim 0.7, which doesn't find a running one itself.
local clients = {}

local function running(root)
  local found = clients[root] and vim.lsp.get_client_by_id(clients[root])
  if found and not client.is_stopped(found) then
    return found.id
  end
end

---Starts the server for the buffer, or attaches a running one; for Neovim before 0.11.
---@param buffer integer
function M.attach(buffer)
  if not M.wanted(buffer) then
    return
  end
  local root = M.root(buffer)
  local command = program.find(root)
  if not command then
    program.complain(root)
    return
  end
  local settings = M.settings()
  local config = {
    name = 'architrave',
    cmd = command,
    root_dir = root,
    capabilities = M.capabilities(),
    settings = settings,
    -- The server doesn't request settings from Neovim 0.7, which doesn't announce support for that.
    init_options = settings.architrave,
    on_attach = M.on_attach,
  }
  if vim.lsp.start then
    vim.api.nvim_buf_call(buffer, function()
      vim.lsp.start(config)
    end)
    return
  end
  clients[root] = running(root) or vim.lsp.start_client(config)
  if clients[root] then
    vim.lsp.buf_attach_client(buffer, clients[root])
  end
end

return M
