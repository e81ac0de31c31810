-- Runs inside Neovim (see nvim.sh). Ends it with an exit code: 0 when every step came true.

local sample = vim.env.SAMPLE
local waited = 60000 -- milliseconds for each step
local passed = 0

local function finish(code)
  io.stdout:flush()
  vim.cmd(code == 0 and 'qall!' or 'cquit 1')
end

local function step(what, holds, detail)
  if not holds then
    print('FAILED: ' .. what .. '\n' .. (detail and vim.inspect(detail()) or '') .. '\n')
    finish(1)
    error(what)
  end
  passed = passed + 1
  print('ok: ' .. what .. '\n')
end

local function diagnostics()
  return vim.diagnostic.get(0)
end

local function with_code(code)
  for _, diagnostic in ipairs(diagnostics()) do
    local lsp = diagnostic.user_data and diagnostic.user_data.lsp or {}
    if (diagnostic.code or lsp.code) == code then
      return diagnostic
    end
  end
end

local function eventually(what, condition, detail)
  local holds = vim.wait(waited, condition, 50)
  step(what, holds, detail or diagnostics)
end

local function lines()
  return vim.api.nvim_buf_get_lines(0, 0, -1, false)
end

local function client()
  for _, each in pairs(vim.lsp.buf_get_clients(0)) do
    if each.name == 'architrave' then
      return each
    end
  end
end

-- The actions on a line, as the menu would list them.
local function actions(diagnostic)
  local position = { line = diagnostic.lnum, character = diagnostic.col }
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(),
    range = { start = position, ['end'] = position },
    context = { diagnostics = {} },
  }
  local answers = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', params, waited) or {}
  local list = {}
  for _, answer in pairs(answers) do
    vim.list_extend(list, answer.result or {})
  end
  return list
end

local function apply(action)
  if not action.edit then
    for _, answer in pairs(vim.lsp.buf_request_sync(0, 'codeAction/resolve', action, waited) or {}) do
      action = answer.result or action
    end
  end
  step('the action has an edit', action.edit ~= nil, function()
    return action
  end)
  vim.lsp.util.apply_workspace_edit(action.edit, client().offset_encoding)
end

local function main()
  vim.g.architrave_cmd = { vim.env.ARCHITRAVE, 'server' }
  vim.cmd('filetype on')
  vim.cmd('runtime plugin/architrave.lua')
  vim.cmd('edit ' .. vim.fn.fnameescape(sample .. '/shop/domain/order.py'))

  eventually('the server is attached', function()
    return client() ~= nil
  end)
  step('it was opened at the folder of the configuration', client().config.root_dir == sample, function()
    return client().config.root_dir
  end)

  eventually('a hidden import is told', function()
    return with_code('hidden-import') ~= nil
  end)
  local hidden = with_code('hidden-import')
  step('it stands at the import', hidden.lnum == 4, function()
    return hidden
  end)
  step('it says from whom it comes', hidden.source == 'architrave', function()
    return hidden
  end)

  -- Fixes come with the index, which may still be under way when the first diagnostics are there.
  local quick = nil
  local listed = {}
  eventually('there is a fix for it', function()
    listed = actions(hidden)
    for _, action in ipairs(listed) do
      if (action.kind or ''):find('^quickfix') then
        quick = action
        return true
      end
    end
    return false
  end, function()
    return listed
  end)
  local accept = nil
  for _, action in ipairs(listed) do
    accept = action.title:find('^Accept ') and action or accept
  end
  step('it can be accepted', accept ~= nil and accept.command ~= nil, function()
    return listed
  end)
  vim.lsp.buf_request_sync(0, 'workspace/executeCommand', accept.command, waited)
  eventually('an accepted finding is a hint', function()
    return with_code('hidden-import').severity == vim.diagnostic.severity.HINT
  end)
  local function baseline()
    return table.concat(vim.fn.readfile(sample .. '/.architrave-baseline.json'), '\n')
  end
  step('it stands in the baseline', baseline():find('hidden-import', 1, true) ~= nil, baseline)

  apply(quick)
  step('the import moved to the head', vim.tbl_contains(lines(), 'from shop.domain.price import price'), lines)
  step('it is gone from the function', not vim.tbl_contains(lines(), '    from shop.domain.price import price'), lines)
  eventually('the finding is gone', function()
    return with_code('hidden-import') == nil
  end)

  vim.cmd('silent write')
  eventually('what was mended leaves the baseline when it is saved', function()
    return baseline():find('hidden-import', 1, true) == nil
  end, baseline)

  vim.api.nvim_buf_set_lines(0, 2, 2, false, { 'import shop.web.forms' })
  eventually('a typed import that breaks a contract is told', function()
    return with_code('forbidden-import') ~= nil
  end)
  vim.api.nvim_buf_set_lines(0, 2, 3, false, {})
  eventually('taking it out clears it', function()
    return #diagnostics() == 0
  end)

  vim.cmd('edit! ' .. vim.fn.fnameescape(sample .. '/shop/domain/mail.py'))
  local lens = nil
  eventually('a lens says who implements an interface', function()
    local params = { textDocument = vim.lsp.util.make_text_document_params() }
    for _, answer in pairs(vim.lsp.buf_request_sync(0, 'textDocument/codeLens', params, waited) or {}) do
      lens = (answer.result or {})[1]
    end
    return lens ~= nil and lens.command.title == 'implemented by 1, not used'
  end, function()
    return lens
  end)
  vim.lsp.commands[lens.command.command](lens.command, { client_id = client().id })
  step('running it goes there', vim.api.nvim_buf_get_name(0) == sample .. '/shop/web/smtp.py', function()
    return vim.fn.getqflist()
  end)

  vim.cmd('edit! ' .. vim.fn.fnameescape(sample .. '/architrave.toml'))
  vim.api.nvim_buf_set_lines(0, 0, 0, false, { 'stile = "clean"' })
  eventually('a mistake in the configuration is told in its file', function()
    local first = diagnostics()[1]
    return first ~= nil and first.message:find('style', 1, true) ~= nil
  end)

  local id = client().id
  vim.lsp.stop_client(id)
  eventually('the server ends', function()
    return vim.lsp.get_client_by_id(id) == nil
  end)
  print('test result: ok. ' .. passed .. ' passed; 0 failed (Neovim)\n')
  finish(0)
end

local fine, problem = xpcall(main, debug.traceback)
if not fine then
  print('FAILED: ' .. tostring(problem) .. '\n')
  finish(1)
end
