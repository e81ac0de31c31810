-- Which buffers the server gets, from which folder, and how it is started: the same answers for every Neovim.
--
-- Only functions that Neovim 0.7 has are used here.

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

---What the user sets, as the server takes it: `vim.g.architrave_settings`.
---@return table
function M.settings()
  return { architrave = vim.g.architrave_settings or vim.empty_dict() }
end

---What every buffer of the server gets.
---@param buffer integer
function M.on_attach(_, buffer)
  require('architrave.commands').add(buffer)
  require('architrave.lenses').show(buffer)
end

-- Clients by root, for Neovim 0.7, which doesn't find a running one by itself.
local clients = {}

local function running(root)
  local found = clients[root] and vim.lsp.get_client_by_id(clients[root])
  if found and not client.is_stopped(found) then
    return found.id
  end
end

---Starts the server for the buffer, or lets a running one have it; for Neovim before 0.11.
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
    -- Neovim 0.7 isn't asked for its settings: it doesn't say that it can be.
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
