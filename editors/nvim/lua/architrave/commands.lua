-- The commands of a buffer that the server handles.

local M = {}

---The word under the cursor, in the form that the server takes for a move.
---@param buffer integer
---@return { path: string, symbol: string }
local function under_cursor(buffer)
  return { path = vim.uri_from_bufnr(buffer), symbol = vim.fn.expand('<cword>') }
end

local function log_path()
  return vim.lsp.log and vim.lsp.log.get_filename and vim.lsp.log.get_filename() or vim.lsp.get_log_path()
end

---The server's own information, in a separate window.
---@param buffer integer
local function info(buffer)
  local client = require('architrave.client')
  local server = client.of(buffer)
  if not server then
    return
  end
  client.run(server, 'architrave.debugInformation', {}, buffer, function(text)
    vim.cmd('botright new')
    vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split(text, '\n'))
    vim.opt_local.buftype = 'nofile'
    vim.opt_local.bufhidden = 'wipe'
    vim.opt_local.filetype = 'json'
  end)
end

---@param buffer integer
function M.add(buffer)
  local function command(name, run, options)
    vim.api.nvim_buf_create_user_command(buffer, 'Architrave' .. name, run, options or {})
  end
  command('Restart', function()
    require('architrave.restart').restart()
  end, { desc = 'Start the server again' })
  command('Log', function()
    vim.cmd('split ' .. vim.fn.fnameescape(log_path()))
  end, { desc = "Open Neovim's log of language servers" })
  command('Info', function()
    info(buffer)
  end, { desc = 'Show what the server knows of itself' })
  command('Explain', function(arguments)
    require('architrave.rules').explain(buffer, arguments.args ~= '' and arguments.args or nil)
  end, {
    nargs = '?',
    desc = 'Show the page of a rule',
    complete = function(typed)
      return vim.tbl_filter(function(id)
        return vim.startswith(id, typed)
      end, require('architrave.rules').ids(buffer))
    end,
  })
  command('Move', function(arguments)
    local moves = require('architrave.moves')
    if arguments.args == '' then
      moves.pick(buffer, under_cursor(buffer))
    else
      moves.move(buffer, under_cursor(buffer), arguments.args, arguments.bang)
    end
  end, { nargs = '?', bang = true, desc = 'Move the definition under the cursor to another module' })
  command('Show', function(arguments)
    local kind, name = arguments.args:match('^(%S+)%s*(.-)%s*$')
    require('architrave.pictures').command(buffer, kind, name, arguments.bang)
  end, {
    nargs = '+',
    bang = true,
    desc = 'Show a picture of the architecture, a route, a model or a package',
    complete = function(typed)
      return vim.tbl_filter(function(kind)
        return vim.startswith(kind, typed)
      end, { 'architecture', 'dependencies', 'entities', 'sequence' })
    end,
  })
  command('FixAll', function()
    require('architrave.fix_all').apply(buffer)
  end, { desc = 'Apply all safe fixes of this file' })
end

return M
