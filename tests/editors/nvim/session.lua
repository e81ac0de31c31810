-- Runs inside Neovim (see ../nvim.sh), which was started normally with a Python file: performs a user's actions.

local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')
local steps = dofile(here .. '/steps.lua')
local step, eventually, with_code, seen = steps.step, steps.eventually, steps.with_code, steps.seen

local sample = vim.env.SAMPLE
local ORDER, PRICE, MAIL = '/shop/domain/order.py', '/shop/domain/price.py', '/shop/domain/mail.py'

local function edit(file)
  vim.cmd('edit ' .. vim.fn.fnameescape(sample .. file))
  -- Newer versions attach a moment later, and a request without a client never gets an answer.
  vim.wait(10000, function()
    return steps.client() ~= nil
  end, 10)
  return vim.api.nvim_get_current_buf()
end

local function is_warned(buffer)
  local hidden = with_code('hidden-import', buffer)
  return hidden ~= nil and hidden.severity == vim.diagnostic.severity.WARN
end

local function first_buffer()
  eventually('the server is attached', function()
    return steps.client() ~= nil
  end)
  local root = steps.client().config.root_dir
  step('it was opened at the folder of the configuration', root == sample, function()
    return root
  end)
  -- Nothing is typed before this. What to inject into a class is known only when the whole project has been read.
  eventually('the first buffer has its findings before any edit', function()
    return with_code('hidden-dependency') ~= nil
  end)
  local finding = with_code('hidden-dependency')
  local function shown()
    return finding
  end
  step('it is where the collaborator is built', finding.lnum == 9, shown)
  step('it says from whom it comes', finding.source == 'architrave', shown)
  seen('first')
end

local function other_buffer()
  vim.o.hidden = true
  local order = edit(ORDER)
  eventually('a second buffer has its own', function()
    return is_warned(order) and #steps.diagnostics(order) == 1
  end)
  edit(PRICE)
  vim.api.nvim_buf_set_lines(0, 1, 1, false, { 'from shop.domain.order import total' })
  eventually('an import typed in one buffer closes a cycle, and another buffer says so', function()
    return not is_warned(order)
  end, function()
    return steps.diagnostics(order)
  end)
  vim.api.nvim_buf_set_lines(0, 1, 2, false, {})
  eventually('taking it out is seen there too', function()
    return is_warned(order)
  end, function()
    return steps.diagnostics(order)
  end)
  vim.cmd('silent write')
  seen('other')
  vim.api.nvim_set_current_buf(order)
end

local function fixes()
  local hidden = with_code('hidden-import')
  local quick, listed = steps.action('there is a fix', hidden, steps.is_fix)
  local accept
  for _, action in ipairs(listed) do
    accept = action.title:find('^Accept ') and action or accept
  end
  step('it can be accepted', accept ~= nil and accept.command ~= nil, function()
    return listed
  end)
  local command = accept.command
  steps.sync('workspace/executeCommand', { command = command.command, arguments = command.arguments })
  eventually('an accepted finding is a hint', function()
    return with_code('hidden-import').severity == vim.diagnostic.severity.HINT
  end)
  local function baseline()
    return table.concat(vim.fn.readfile(sample .. '/.architrave-baseline.json'), '\n')
  end
  step('it is in the baseline', baseline():find('hidden-import', 1, true) ~= nil, baseline)
  seen('accept')

  steps.apply(quick)
  local lines = steps.lines()
  step('the import is at the top level', vim.tbl_contains(lines, 'from shop.domain.price import price'), steps.lines)
  step('it is gone from the function', not vim.tbl_contains(lines, '    from shop.domain.price import price'), steps.lines)
  eventually('the finding is gone', function()
    return with_code('hidden-import') == nil
  end)
  seen('fix')

  vim.cmd('silent write')
  eventually('what was fixed leaves the baseline when it is saved', function()
    return baseline():find('hidden-import', 1, true) == nil
  end, baseline)
end

local function typing()
  vim.api.nvim_buf_set_lines(0, 2, 2, false, { 'import shop.web.forms' })
  eventually('a typed import that breaks a contract is reported', function()
    return with_code('forbidden-import') ~= nil
  end)
  vim.api.nvim_buf_set_lines(0, 2, 3, false, {})
  eventually('taking it out clears it', function()
    return #steps.diagnostics() == 0
  end)
  seen('typing')
end

local function explain()
  edit(ORDER)
  eventually('there is a finding to ask about', function()
    return is_warned(0)
  end)
  vim.api.nvim_win_set_cursor(0, { 5, 4 })
  vim.cmd('ArchitraveExplain')
  eventually(':ArchitraveExplain shows the page of the rule at the cursor', function()
    return vim.api.nvim_buf_get_name(0):find('architrave-rule://hidden-import', 1, true) and steps.has('## Why')
  end, steps.lines)
  step('as Markdown, in a window of its own', vim.bo.filetype == 'markdown' and #vim.api.nvim_list_wins() == 2)
  vim.cmd('close')
  step('without a trace', vim.fn.bufnr('architrave-rule://hidden-import') == -1)
  seen('explain')
end

local function move()
  local from = edit(PRICE)
  vim.api.nvim_win_set_cursor(0, { 4, 4 })
  local picked
  local select = vim.ui.select
  vim.ui.select = function(choices, options, on_choice)
    picked = choices[1]
    step('each module says why it is in the list', options.format_item(picked):find(': ') ~= nil, function()
      return choices
    end)
    on_choice(picked)
  end
  eventually(':ArchitraveMove offers modules', function()
    vim.cmd('ArchitraveMove')
    return vim.wait(1000, function()
      return picked ~= nil
    end, 20)
  end)
  vim.ui.select = select
  eventually('the one that is picked gets the definition', function()
    return not steps.has('def price', from) and steps.has('def price', vim.fn.bufadd(picked.path))
  end, function()
    return { picked, steps.lines(from) }
  end)
  seen('move')
  vim.cmd('silent wall')
end

local function new_file()
  edit('/shop/repositories/carts.py')
  local extract
  extract = steps.action('a Protocol can be extracted', { lnum = 6, col = 6 }, function(action)
    return (action.kind or ''):find('^refactor.extract') ~= nil
  end)
  local before = vim.fn.systemlist({ 'find', sample, '-name', '*.py' })
  steps.apply(extract)
  vim.cmd('silent wall')
  local after = vim.fn.systemlist({ 'find', sample, '-name', '*.py' })
  step('the action creates a file', #after == #before + 1, function()
    return after
  end)
  seen('fix-new-file')
end

local function fix_across_files()
  local service = edit('/shop/services/carts.py')
  eventually('a class that builds its collaborator is reported', function()
    return with_code('hidden-dependency') ~= nil
  end)
  local fix = steps.action('it can be injected', with_code('hidden-dependency'), steps.is_fix)
  steps.apply(fix)
  step('the constructor takes it', steps.has('carts: CartRepository', service), steps.lines)
  local route = edit('/shop/api/carts.py')
  step('the route in another file gives it', steps.has('CartRepository(session)', route), steps.lines)
  -- Hints are not failures: now that the class takes its collaborator as a parameter, one suggests a port between them.
  eventually('both are fine', function()
    local faults = vim.tbl_filter(function(diagnostic)
      return diagnostic.severity < vim.diagnostic.severity.HINT
    end, vim.list_extend(steps.diagnostics(service), steps.diagnostics(route)))
    return #faults == 0
  end)
  seen('fix-two-files')
  vim.cmd('silent wall')
end

local function fix_all()
  edit('/shop/domain/receipt.py')
  vim.api.nvim_buf_set_lines(0, 0, -1, false, {
    'def receipt(amount: int) -> str:',
    '    from shop.domain.price import price',
    '',
    '    return str(price(amount))',
  })
  vim.cmd('silent write')
  eventually('a new file is looked at', function()
    return with_code('hidden-import') ~= nil
  end)
  eventually(':ArchitraveFixAll applies what is safe', function()
    vim.cmd('ArchitraveFixAll')
    vim.wait(500, function()
      return steps.lines()[1] == 'from shop.domain.price import price'
    end)
    return steps.lines()[1] == 'from shop.domain.price import price'
  end, steps.lines)
  seen('fix-all')
  vim.cmd('silent write')
end

local function hover()
  edit(MAIL)
  local answer
  eventually('a Protocol has a hover', function()
    answer = steps.sync('textDocument/hover', {
      textDocument = { uri = vim.uri_from_bufnr(0) },
      position = { line = 3, character = 7 },
    })
    return answer ~= nil and vim.inspect(answer.contents):find('Smtp', 1, true) ~= nil
  end, function()
    return answer
  end)
  seen('hover')
end

local function lenses()
  local lens
  eventually('a lens says who implements an interface', function()
    lens = (vim.lsp.codelens.get(0) or {})[1]
    lens = lens and (lens.lens or lens)
    return lens ~= nil and lens.command ~= nil and lens.command.title == 'implemented by 1, not used'
  end, function()
    return vim.lsp.codelens.get(0)
  end)
  local function drawn()
    -- Newer versions draw lenses when the window is drawn, which nothing triggers without a screen.
    vim.cmd('redraw!')
    for _, namespace in pairs(vim.api.nvim_get_namespaces()) do
      for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, namespace, 0, -1, { details = true })) do
        if vim.inspect(mark[4]):find('implemented by 1', 1, true) then
          return true
        end
      end
    end
    return false
  end
  eventually('it is drawn in the buffer without being asked for', drawn)
  seen('lens')
  vim.lsp.commands[lens.command.command](lens.command, { client_id = steps.client().id })
  step('running it goes there', vim.api.nvim_buf_get_name(0) == sample .. '/shop/web/smtp.py', function()
    return vim.fn.getqflist()
  end)
  seen('places')
end

local function configuration()
  edit('/architrave.toml')
  vim.api.nvim_buf_set_lines(0, 0, 0, false, { 'stile = "clean"' })
  eventually('a mistake in the configuration is reported in its file', function()
    local first = steps.diagnostics()[1]
    return first ~= nil and first.message:find('style', 1, true) ~= nil
  end)
  vim.cmd('silent undo')
  -- An edit that arrives later would cut off what the next steps ask.
  eventually('taking it out clears it', function()
    return #steps.diagnostics() == 0
  end)
  seen('configuration')
end

local function restart_and_stop()
  edit(ORDER)
  eventually('a client is there', function()
    return steps.client() ~= nil
  end)
  local before = steps.client().id
  vim.cmd('ArchitraveRestart')
  eventually(':ArchitraveRestart starts another server', function()
    local client = steps.client()
    return client ~= nil and client.id ~= before
  end)
  vim.api.nvim_buf_set_lines(0, 2, 2, false, { 'import shop.web.forms' })
  eventually('and that one answers', function()
    return with_code('forbidden-import') ~= nil
  end)
  seen('restart')
  local id = steps.client().id
  require('architrave.client').stop(steps.client())
  eventually('the server ends', function()
    return vim.lsp.get_client_by_id(id) == nil
  end)
  seen('stop')
end

local function health()
  vim.cmd('checkhealth architrave')
  step('the health check says where the program is', steps.has('architrave', 0) and steps.has('PATH', 0), steps.lines)
  step('and which client runs', steps.has('diagnostics pu', 0), steps.lines)
  vim.cmd('bwipeout!')
  vim.cmd('silent help architrave-commands')
  step('there is help', vim.bo.buftype == 'help', steps.lines)
  vim.cmd('helpclose')
end

---With `!`, the server writes the picture into the user's caches and asks for the system's viewer, which isn't here.
local function in_the_viewer()
  local can = vim.lsp.protocol.make_client_capabilities().window.showDocument
  if not (can and can.support) then
    local notify, said = vim.notify, nil
    vim.notify = function(message)
      said = message
    end
    vim.cmd('ArchitraveShow! dependencies shop')
    eventually(':ArchitraveShow! says that this Neovim shows no pictures', function()
      return said ~= nil and said:find('the editor shows no documents of servers', 1, true) ~= nil
    end, function()
      return said
    end)
    vim.notify = notify
    return
  end
  local original, shown = vim.lsp.handlers['window/showDocument'], nil
  vim.lsp.handlers['window/showDocument'] = function(_, request)
    shown = request
    return { success = true }
  end
  vim.cmd('ArchitraveShow! dependencies shop')
  eventually(':ArchitraveShow! has the system show the same as SVG', function()
    return shown ~= nil and shown.external and shown.uri:find('imports-between-the-parts-of-shop.svg', 1, true) ~= nil
  end, function()
    return shown
  end)
  local svg = table.concat(vim.fn.readfile(vim.uri_to_fname(shown.uri)), '\n')
  step('the file is that picture', svg:find('^<svg ') ~= nil and svg:find('Imports between the parts of shop', 1, true) ~= nil)
  vim.lsp.handlers['window/showDocument'] = original
end

local function pictures()
  edit(ORDER)
  eventually('a client is there for the pictures', function()
    return steps.client() ~= nil
  end)
  vim.cmd('ArchitraveShow dependencies shop')
  eventually(':ArchitraveShow shows the imports between packages as a document', function()
    return vim.bo.filetype == 'markdown' and steps.has('# `Imports between the parts of shop`', 0) and steps.has('```mermaid', 0)
  end, steps.lines)
  vim.cmd('close')
  in_the_viewer()
  seen('pictures')
end

steps.run(function()
  first_buffer()
  other_buffer()
  explain()
  fixes()
  typing()
  fix_across_files()
  fix_all()
  hover()
  lenses()
  configuration()
  health()
  pictures()
  move()
  new_file()
  restart_and_stop()
end)
