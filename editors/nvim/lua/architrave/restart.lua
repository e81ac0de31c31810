-- Restarts the server, for all its buffers.

local client = require('architrave.client')

local M = {}

local PAUSE = 50 -- milliseconds between looks whether it has ended
local PATIENCE = 100 -- looks

local function start(buffers)
  local architrave = require('architrave')
  for _, buffer in ipairs(buffers) do
    if not vim.api.nvim_buf_is_loaded(buffer) or not architrave.wanted(buffer) then
      -- It was closed, or was never ours.
    elseif vim.lsp.enable then
      local root = { root_dir = architrave.root(buffer) }
      vim.lsp.start(vim.tbl_extend('force', vim.lsp.config.architrave, root), { bufnr = buffer })
    else
      architrave.attach(buffer)
    end
  end
end

---Stops every server of ours, and starts one again for each project with an open buffer.
function M.restart()
  local running = client.all()
  local buffers = {}
  for _, server in ipairs(running) do
    for _, buffer in ipairs(vim.lsp.get_buffers_by_client_id(server.id)) do
      table.insert(buffers, buffer)
    end
    client.stop(server)
  end
  if #running == 0 then
    -- A server that exited by itself has no buffers any more.
    buffers = vim.api.nvim_list_bufs()
  end
  local looks = 0
  local function wait()
    looks = looks + 1
    if #client.all() == 0 or looks > PATIENCE then
      start(buffers)
    else
      vim.defer_fn(wait, PAUSE)
    end
  end
  wait()
end

return M
