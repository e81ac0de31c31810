-- Which buffers the server gets, from which folder, and how it is started: the same answers for every Neovim.
--
-- Only functions that Neovim 0.7 has are used here.

local M = {}

-- The configuration files whose own mistakes the server tells.
local CONFIGURATION = {
  ['architrave.toml'] = true,
  ['pyproject.toml'] = true,
  ['tach.toml'] = true,
  ['.importlinter'] = true,
  ['setup.cfg'] = true,
}

-- In this order: a repository is looked at as a whole, since the server finds the configuration that governs a file by
-- itself, upwards from the file.
local MARKERS = { '.git', 'architrave.toml', 'pyproject.toml', 'tach.toml', '.importlinter', 'setup.cfg', 'setup.py' }

---The command line of the server.
---@return string[]
function M.cmd()
  return vim.g.architrave_cmd or { 'architrave', 'server' }
end

-- The command that lenses above interfaces name: `implemented by 2, used by 5`.
local SHOW_PLACES = 'architrave.showPlaces'

---What the client can do: all that Neovim can, and to show the places of a lens.
---@return table
function M.capabilities()
  local capabilities = vim.lsp.protocol.make_client_capabilities()
  capabilities.experimental = { commands = { commands = { SHOW_PLACES } } }
  return capabilities
end

---Shows the places of a lens in the quickfix list; where there is but one, goes there.
---@param command table
---@param context table
function M.show_places(command, context)
  local locations = command.arguments[3]
  local client = vim.lsp.get_client_by_id(context.client_id)
  local encoding = client and client.offset_encoding or 'utf-16'
  local items = vim.lsp.util.locations_to_items(locations, encoding)
  vim.fn.setqflist({}, ' ', { title = command.title, items = items })
  vim.cmd(#items == 1 and 'cfirst' or 'botright copen')
end

vim.lsp.commands[SHOW_PLACES] = M.show_places

---Whether the buffer is Python or a configuration file, and on disk.
---@param buffer integer
---@return boolean
function M.wanted(buffer)
  local path = vim.api.nvim_buf_get_name(buffer)
  if path == '' or path:find('^%a[%w+.-]+://') or vim.api.nvim_buf_get_option(buffer, 'buftype') ~= '' then
    return false
  end
  local is_python = vim.api.nvim_buf_get_option(buffer, 'filetype') == 'python'
  return is_python or CONFIGURATION[vim.fn.fnamemodify(path, ':t')] == true
end

---The folder to open for the buffer.
---@param buffer integer
---@return string
function M.root(buffer)
  local folder = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ':p:h')
  for _, marker in ipairs(MARKERS) do
    local upwards = vim.fn.fnameescape(folder) .. ';'
    local found = vim.fn.findfile(marker, upwards)
    if found == '' then
      found = vim.fn.finddir(marker, upwards)
    end
    if found ~= '' then
      return vim.fn.fnamemodify(found, ':p'):gsub('[/\\]$', ''):match('^(.*)[/\\]') or folder
    end
  end
  return folder
end

-- Clients by root, for Neovim 0.7, which doesn't find a running one by itself.
local clients = {}

local function running(root)
  local id = clients[root]
  local client = id and vim.lsp.get_client_by_id(id)
  if client and not client.is_stopped() then
    return id
  end
end

---Starts the server for the buffer, or lets a running one have it; for Neovim before 0.11.
---@param buffer integer
function M.attach(buffer)
  if not M.wanted(buffer) then
    return
  end
  local root = M.root(buffer)
  local config = { name = 'architrave', cmd = M.cmd(), root_dir = root, capabilities = M.capabilities() }
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
