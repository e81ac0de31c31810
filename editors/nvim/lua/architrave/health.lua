-- :checkhealth architrave

local client = require('architrave.client')
local program = require('architrave.program')

local M = {}

local health = vim.health or {}
local start = health.start or require('health').report_start
local ok = health.ok or require('health').report_ok
local info = health.info or require('health').report_info
local failed = health.error or require('health').report_error

local function check_program(root)
  local command, why = program.find(root)
  if command then
    local version = vim.trim(vim.fn.system({ command[1], '--version' }))
    ok(command[1] .. ' (' .. why .. '): ' .. version)
  else
    failed('there is no program `architrave`; searched: ' .. program.searched(root), {
      'Install it: pip install architrave',
      'Or say where it is: vim.g.architrave_cmd = { "/path/to/architrave", "server" }',
    })
  end
end

local function check_clients()
  local running = client.all()
  if #running == 0 then
    info('no server runs; it starts with the first Python file or configuration file')
    return
  end
  for _, server in ipairs(running) do
    local buffers = #vim.lsp.get_buffers_by_client_id(server.id)
    local root = server.config.root_dir or 'no folder'
    local pulled = server.server_capabilities.diagnosticProvider and vim.fn.has('nvim-0.10') == 1
    ok(('client %d at %s, %d buffers, diagnostics %s'):format(server.id, root, buffers, pulled and 'pulled' or 'pushed'))
  end
end

function M.check()
  start('architrave')
  if vim.fn.has('nvim-0.7') == 0 then
    failed('Neovim 0.7 or newer is needed')
    return
  end
  local running = client.all()[1]
  check_program(running and running.config.root_dir or vim.fn.getcwd())
  if vim.g.architrave_enabled == false then
    info('vim.g.architrave_enabled is false: nothing starts by itself')
  end
  check_clients()
  info('code lenses are ' .. (vim.g.architrave_lenses == false and 'off (vim.g.architrave_lenses)' or 'shown'))
end

return M
